package dev.slipway.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Trees;
import dev.slipway.tree.copy.CopyFlags;
import dev.slipway.tree.copy.CopyOperation;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Layers of a size that shows whether memory is bounded. They take minutes, so they run only when
 * asked for, each in a heap of its own:
 *
 * <pre>
 * mvn -pl builder-core test -Dslipway.large=true -DargLine=-Xmx512m -Dtest=LargeLayerTest#aMillion*
 * mvn -pl builder-core test -Dslipway.large=true -DargLine=-Xmx128m -Dtest=LargeLayerTest#fourGiB*
 * </pre>
 */
@EnabledIfSystemProperty(
    named = "slipway.large",
    matches = "true",
    disabledReason = "large layers are tested with -Dslipway.large=true")
class LargeLayerTest {
  private static final int FILES = 1_000_000;

  @Test
  void aMillionFilesAreCopiedWrittenAndReadBack(@TempDir Path temp) throws IOException {
    FileTreeBuilder builder = new FileTreeBuilder();
    for (int i = 0; i < FILES; i++) {
      String path =
          "usr/share/d%d/e%d/some-file-name-%d.txt".formatted(i / 10_000, i / 100 % 100, i);
      Content content = i % 2 == 0 ? BytesContent.EMPTY : new BytesContent(new byte[] {'x'});
      builder.put(TreePath.of(path), new RegularFile(Metadata.of(0644, i), Origin.NONE, content));
    }
    CopyOperation copy = new CopyOperation(FileTree.EMPTY, CopyFlags.to("/app/"));
    copy.copy(builder.build(), ".");
    ChangeSet changes = copy.result().changes();
    Path tar = temp.resolve("tar");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(tar))) {
      LayerWriter.write(changes, out);
    }
    int size = changes.size();
    changes = ChangeSet.EMPTY;
    copy = null;
    builder = null;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(tar))) {
      ChangeSet read =
          LayerReader.readChanges(
              in,
              LayerReadOptions.layer(Origin.NONE),
              (path, length, offset, body) -> new TarSliceContent(tar, offset, length));
      assertThat(read.size()).isEqualTo(size);
      assertThat(Trees.count(FileTree.EMPTY.apply(read))).isEqualTo(size + 1);
    }
  }

  @Test
  void fourGiBOfNoiseAndTextAreCompressed() throws IOException {
    ChangeSet changes =
        ChangeSet.of(
            List.of(
                put("noise", new Repeated(2L << 30, 256)), put("text", new Repeated(2L << 30, 8))));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Compression compression : Compression.values()) {
        LayerDigests digests =
            LayerBlobWriter.write(
                changes, compression, 1, threads, 2, OutputStream.nullOutputStream());
        assertThat(digests.uncompressedSize()).isGreaterThan(4L << 30);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Change put(String path, Content content) {
    return new Change.Put(
        TreePath.of(path), new RegularFile(Metadata.of(0644, 1), Origin.NONE, content));
  }

  /** A megabyte of random bytes below a bound, again and again. */
  private record Repeated(long size, int bound) implements Content {
    @Override
    public InputStream open() {
      byte[] block = new byte[1 << 20];
      Random random = new Random(bound);
      for (int i = 0; i < block.length; i++) {
        block[i] = (byte) random.nextInt(bound);
      }
      return new InputStream() {
        private long position;

        @Override
        public int read() {
          return position == size ? -1 : block[(int) (position++ % block.length)] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int start, int length) {
          if (position == size) {
            return -1;
          }
          int at = (int) (position % block.length);
          int count = (int) Math.min(Math.min(length, block.length - at), size - position);
          System.arraycopy(block, at, buffer, start, count);
          position += count;
          return count;
        }
      };
    }

    @Override
    public @Nullable String digestIfKnown() {
      return null;
    }
  }
}
