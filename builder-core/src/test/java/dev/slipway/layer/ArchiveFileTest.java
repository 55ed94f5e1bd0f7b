package dev.slipway.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFileTest {
  @TempDir Path temp;
  private Path kept;

  @BeforeEach
  void nameWhatIsKept() {
    kept = temp.resolve("archive.tar");
  }

  private @Nullable ChangeSet read(Content archive) throws IOException {
    return ArchiveFile.read(archive, LayerReadOptions.archive(Origin.NONE), kept);
  }

  private static String text(ChangeSet changes, String path) throws IOException {
    RegularFile file = (RegularFile) FileTree.EMPTY.apply(changes).find(TreePath.of(path));
    try (InputStream in = file.content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void filesOfAnArchiveThatIsNotCompressedAreReadFromIt() throws IOException {
    byte[] tar = Tars.tar().file("a", "one").file("empty", "").file("b", "two").bytes();
    ChangeSet changes = read(new BytesContent(tar));
    assertThat(text(changes, "a")).isEqualTo("one");
    assertThat(text(changes, "empty")).isEmpty();
    assertThat(text(changes, "b")).isEqualTo("two");
    assertThat(kept).doesNotExist();
  }

  @Test
  void theirContentIsSkipped() throws IOException {
    byte[] tar = Tars.tar().file("large", "x".repeat(1 << 20)).file("b", "two").bytes();
    CountedContent archive = new CountedContent(new BytesContent(tar));
    ChangeSet changes = read(archive);
    assertThat(archive.read).hasValueLessThan(1 << 18);
    assertThat(text(changes, "b")).isEqualTo("two");
  }

  @Test
  void aPartOfAFileIsSkippedWithoutReadingIt() throws IOException {
    byte[] tar = Tars.tar().file("large", "x".repeat(1 << 20) + "end").file("b", "two").bytes();
    CountedContent archive = new CountedContent(new BytesContent(tar));
    FileTree tree = FileTree.EMPTY.apply(read(archive));
    archive.read.set(0);
    RegularFile file = (RegularFile) tree.find(TreePath.of("large"));
    try (InputStream in = file.content().open()) {
      in.skipNBytes(1 << 20);
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("end");
      assertThat(in.skip(1)).isZero();
    }
    assertThat(archive.read).hasValueLessThan(1024);
  }

  @Test
  void whatFollowsACompressedArchiveIsNoPartOfIt() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(Tars.tar().file("a", "one").bytes());
    }
    compressed.writeBytes("garbage\n".getBytes(StandardCharsets.UTF_8));
    assertThat(text(read(new BytesContent(compressed.toByteArray())), "a")).isEqualTo("one");
  }

  @Test
  void anArchiveThatIsCompressedIsKeptUncompressed() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    byte[] tar = Tars.tar().file("a", "one").bytes();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(tar);
    }
    assertThat(text(read(new BytesContent(compressed.toByteArray())), "a")).isEqualTo("one");
    assertThat(kept).hasBinaryContent(tar);
  }

  @Test
  void whatIsNoArchiveIsNotRead() throws IOException {
    assertThat(read(new BytesContent("text".getBytes(StandardCharsets.UTF_8)))).isNull();
    assertThat(read(new BytesContent(new byte[1024]))).isNull();
    assertThat(kept).doesNotExist();
  }

  /** Counts the bytes that are read and not skipped. */
  private record CountedContent(Content content, AtomicLong read) implements Content {
    CountedContent(Content content) {
      this(content, new AtomicLong());
    }

    @Override
    public long size() {
      return content.size();
    }

    @Override
    public InputStream open() throws IOException {
      return new FilterInputStream(content.open()) {
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          int got = super.read(buffer, offset, length);
          read.addAndGet(Math.max(0, got));
          return got;
        }
      };
    }

    @Override
    public @Nullable String digestIfKnown() {
      return content.digestIfKnown();
    }
  }
}
