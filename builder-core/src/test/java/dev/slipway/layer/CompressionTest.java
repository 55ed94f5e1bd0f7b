package dev.slipway.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.deflate.DeflateEncoder;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Content;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Trees;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final Executor NEVER = task -> {};

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 1 << 20, (1 << 20) + 1, 5_000_000})
  void gzipIsReadBackByTheJdk(int size) throws IOException {
    byte[] data = mixed(size);
    byte[] gzip = gzip(data, 6, Runnable::run, 2);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      assertThat(in.readAllBytes()).isEqualTo(data);
    }
    assertThat(decompress(gzip)).isEqualTo(data);
  }

  @Test
  void gzipIsTheSameWhateverTheThreads() throws IOException {
    byte[] data = mixed(7_000_000);
    byte[] expected = gzip(data, 6, Runnable::run, 1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      assertThat(gzip(data, 6, threads, 4)).isEqualTo(expected);
      assertThat(gzip(data, 6, threads, 16)).isEqualTo(expected);
    } finally {
      threads.shutdown();
    }
    // An executor that never comes to it: the writing thread does all.
    assertThat(gzip(data, 6, NEVER, 3)).isEqualTo(expected);
  }

  @Test
  void blocksAcrossTheBorderHelpEachOther() throws IOException {
    byte[] phrase = new byte[20_000];
    new Random(1).nextBytes(phrase);
    byte[] data = new byte[(1 << 20) * 3];
    Arrays.fill(data, (byte) 'x');
    System.arraycopy(phrase, 0, data, (1 << 20) - phrase.length, phrase.length);
    System.arraycopy(phrase, 0, data, 1 << 20, phrase.length);
    assertThat(gzip(data, 6, Runnable::run, 1).length).isLessThan(phrase.length + 8_000);
  }

  @Test
  void whatDoesNotCompressIsStored() throws IOException {
    byte[] random = new byte[3 << 20];
    new Random(1).nextBytes(random);
    byte[] gzip = gzip(random, 6, Runnable::run, 1);
    assertThat(gzip.length).isLessThan(random.length + random.length / 1000);
    assertThat(decompress(gzip)).isEqualTo(random);
  }

  @Test
  void gzipOfSeveralMembersIsReadWhateverAvailableSays() throws IOException {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    for (String part : List.of("one ", "two")) {
      try (OutputStream out = new GZIPOutputStream(two)) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    two.write(new byte[100]);
    InputStream dribble =
        new ByteArrayInputStream(two.toByteArray()) {
          @Override
          public int read(byte[] buffer, int start, int length) {
            return super.read(buffer, start, Math.min(1, length));
          }

          @Override
          public int available() {
            return 0;
          }
        };
    assertThat(new String(Decompression.open(dribble, 100).readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("one two");
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    byte[] gzip = gzip(mixed(10_000), 6, Runnable::run, 1);
    byte[] crc = gzip.clone();
    crc[crc.length - 6] ^= 1;
    assertThatThrownBy(() -> decompress(crc)).hasMessageContaining("its checksum is wrong");
    byte[] data = gzip.clone();
    data[20] ^= 0x55;
    assertThatThrownBy(() -> decompress(data)).isInstanceOf(LayerException.class);
    assertThatThrownBy(() -> decompress(Arrays.copyOf(gzip, gzip.length - 9)))
        .isInstanceOf(LayerException.class);
    byte[] garbage = Arrays.copyOf(gzip, gzip.length + 3);
    garbage[gzip.length] = 'x';
    assertThatThrownBy(() -> decompress(garbage)).isInstanceOf(LayerException.class);
  }

  @Test
  void damagedZstdIsRefused() throws IOException {
    byte[] zstd = blob(layerOf(mixed(100_000)), Compression.ZSTD, Runnable::run, 1);
    byte[] damaged = zstd.clone();
    damaged[zstd.length / 2] ^= 0x55;
    assertThatThrownBy(() -> decompress(damaged)).isInstanceOf(LayerException.class);
    assertThatThrownBy(() -> decompress(Arrays.copyOf(zstd, zstd.length / 2)))
        .isInstanceOf(LayerException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f8b07", "1f8b08", "fd377a585a00ff", "425a68ff"})
  void whatCannotBeOpenedIsClosed(String start) {
    AtomicInteger closed = new AtomicInteger();
    InputStream damaged =
        new ByteArrayInputStream(HexFormat.of().parseHex(start)) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    assertThatThrownBy(() -> Decompression.openAny(damaged, 100)).isInstanceOf(Exception.class);
    assertThat(closed).hasValue(1);
  }

  @Test
  void aBombStopsAtTheLimit() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        out.write(zeros);
      }
    }
    InputStream in = Decompression.open(new ByteArrayInputStream(bomb.toByteArray()), 10 << 20);
    assertThatThrownBy(() -> in.skipNBytes(64L << 20))
        .isInstanceOf(LayerException.class)
        .hasMessage("archive is larger than the limit of 10485760 bytes");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aLayersDigestsAreThoseOfItsBytes(Compression compression) throws IOException {
    ChangeSet changes = layerOf(mixed(3_000_000));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerDigests digests =
        LayerBlobWriter.write(
            changes, compression, compression.defaultLevel(), Runnable::run, 2, out);
    byte[] blob = out.toByteArray();
    byte[] tar = decompress(blob);
    assertThat(Decompression.detect(blob)).isEqualTo(compression);
    assertThat(digests)
        .isEqualTo(
            new LayerDigests(new DiffId(Digest.of(tar)), Digest.of(blob), blob.length, tar.length));
    assertThat(tar).isEqualTo(LayerWriterTest.write(changes));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aLayersBytesDoNotDependOnThreads(Compression compression) throws IOException {
    ChangeSet changes = layerOf(mixed(9_000_000));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      byte[] expected = blob(changes, compression, Runnable::run, 1);
      assertThat(blob(changes, compression, threads, 2)).isEqualTo(expected);
      assertThat(blob(changes, compression, threads, 4)).isEqualTo(expected);
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 9})
  void gzipOfEveryLevelIsReadByOthers(int level) throws IOException {
    for (int size : new int[] {1000, 9_000_000}) {
      ChangeSet changes = layerOf(mixed(size));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      LayerBlobWriter.write(changes, Compression.GZIP, level, Runnable::run, 2, out);
      ByteArrayInputStream blob = new ByteArrayInputStream(out.toByteArray());
      try (InputStream in = new GzipCompressorInputStream(blob)) {
        assertThat(in.readAllBytes()).isEqualTo(LayerWriterTest.write(changes));
      }
    }
  }

  @Test
  void item35archivesAreKnownByTheirContent(@TempDir Path temp) throws IOException {
    byte[] tar = LayerWriterTest.write(LayerWriterTest.changes(Trees.tree("d/", "d/f = hello")));
    ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bzip2)) {
      out.write(tar);
    }
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    try (OutputStream out = new XZCompressorOutputStream(xz)) {
      out.write(tar);
    }
    ByteArrayOutputStream zstd = new ByteArrayOutputStream();
    try (OutputStream out = ZstdStreams.compress(zstd, 3, 1)) {
      out.write(tar);
    }
    byte[] gzip = gzip(tar, 6, Runnable::run, 1);
    int number = 0;
    for (byte[] archive :
        List.of(tar, gzip, bzip2.toByteArray(), xz.toByteArray(), zstd.toByteArray())) {
      Path raw = temp.resolve("raw" + number++);
      ChangeSet changes =
          ArchiveFile.read(new BytesContent(archive), LayerReadOptions.archive(Origin.NONE), raw);
      assertThat(Trees.lines(Objects.requireNonNull(changes)))
          .containsExactly("755 0:0 d/", "644 0:0 d/f = hello");
      if (archive != tar) {
        assertThat(raw).hasBinaryContent(tar);
      }
    }
  }

  @Test
  void item35whatIsNoArchiveIsNone(@TempDir Path temp) throws IOException {
    byte[] text = "just a text".repeat(100).getBytes(StandardCharsets.UTF_8);
    for (byte[] bytes :
        List.of(
            new byte[0],
            new byte[10_240],
            text,
            gzip(text, 6, Runnable::run, 1),
            new byte[] {0x1f, (byte) 0x8b, 1, 2, 3},
            new byte[] {'B', 'Z', 'h', '9', 0, 0, 0, 0},
            new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 9, 9, 9, 9, 9, 9, 9, 9},
            new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 9, 9})) {
      Path raw = temp.resolve("raw");
      assertThat(
              ArchiveFile.read(new BytesContent(bytes), LayerReadOptions.archive(Origin.NONE), raw))
          .isNull();
      assertThat(Files.exists(raw)).isFalse();
    }
  }

  private static ChangeSet layerOf(byte[] content) {
    Content bytes = new BytesContent(content);
    RegularFile file = new RegularFile(Metadata.of(0644, 1), Origin.NONE, bytes);
    return ChangeSet.of(List.of(new Change.Put(TreePath.of("f"), file)));
  }

  private static byte[] blob(
      ChangeSet changes, Compression compression, Executor executor, int parallelism)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerBlobWriter.write(
        changes, compression, compression.defaultLevel(), executor, parallelism, out);
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] data, int level, Executor executor, int parallelism)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ParallelGzip gzip =
        new ParallelGzip(out, () -> new DeflateEncoder(level), executor, parallelism)) {
      gzip.write(data);
      gzip.finish();
    }
    return out.toByteArray();
  }

  private static byte[] decompress(byte[] compressed) throws IOException {
    try (InputStream in =
        Decompression.open(new ByteArrayInputStream(compressed), Long.MAX_VALUE)) {
      return in.readAllBytes();
    }
  }

  /** Text, then noise, in turn. */
  private static byte[] mixed(int size) {
    Random random = new Random(size);
    byte[] data = new byte[size];
    for (int i = 0; i < size; i++) {
      boolean noise = (i >> 19) % 3 == 2;
      data[i] = (byte) (noise ? random.nextInt() : 'a' + random.nextInt(4));
    }
    return data;
  }
}
