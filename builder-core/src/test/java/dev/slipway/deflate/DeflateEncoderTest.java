package dev.slipway.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateEncoderTest {
  private static final int PIECE = 256 << 10;
  private static final byte[] LAST_BLOCK = {3, 0};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyLevelIsReadBack(int level) throws DataFormatException {
    for (byte[] data : Inputs.all()) {
      assertReadBack(data, level, PIECE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 255, 1000, 8191, 8192, 8193, 40_000})
  void piecesOfEverySizeAreReadBack(int piece) throws DataFormatException {
    byte[] data = Inputs.text(20 * piece + 3 > 300_000 ? 300_000 : 20 * piece + 3);
    assertReadBack(data, 6, piece);
    assertReadBack(Inputs.noise(data.length), 6, piece);
  }

  @Test
  void everyPeriodIsReadBackAndSmall() throws DataFormatException {
    for (int period = 1; period <= 300; period++) {
      byte[] data = Inputs.noise(20_000);
      for (int i = period; i < data.length; i++) {
        data[i] = data[i - period];
      }
      for (int level : new int[] {1, 6, 9}) {
        assertThat(assertReadBack(data, level, PIECE).length).isLessThan(300 + 2 * period);
      }
    }
  }

  @Test
  void inputsOfManyKindsAreReadBack() throws DataFormatException {
    Random random = new Random(5);
    for (int i = 0; i < 150; i++) {
      byte[] data = Inputs.patchwork(random, random.nextInt(60_000));
      assertReadBack(data, 1 + random.nextInt(9), 1 + random.nextInt(70_000));
    }
  }

  @Test
  void nothingBecomesNothing() {
    assertThat(new DeflateEncoder(6).encode(new byte[8], 0, 0, new byte[100])).isZero();
  }

  @Test
  void aPieceFindsWhatIsInTheWindowBeforeIt() throws DataFormatException {
    byte[] noise = Inputs.noise(30_000);
    byte[] twice = Arrays.copyOf(noise, 2 * noise.length);
    System.arraycopy(noise, 0, twice, noise.length, noise.length);
    byte[] deflated = assertReadBack(twice, 6, noise.length);
    assertThat(deflated.length).isLessThan(noise.length + 1000);
  }

  @Test
  void outputDependsOnTheInputOnly() {
    byte[] data = Inputs.text(100_000);
    for (int level = 1; level <= 9; level++) {
      DeflateEncoder used = new DeflateEncoder(level);
      used.encode(Inputs.patchwork(new Random(1), 150_000), 0, 140_000, new byte[200_000]);
      byte[] expected = encode(new DeflateEncoder(level), data, (byte) 0);
      assertThat(encode(used, data, (byte) 0)).isEqualTo(expected);
      // The slack behind the input looks as if matches went on.
      assertThat(encode(used, data, data[0])).isEqualTo(expected);
    }
  }

  private static byte[] encode(DeflateEncoder encoder, byte[] data, byte slack) {
    byte[] in = Arrays.copyOf(data, data.length + PieceEncoder.SLACK);
    Arrays.fill(in, data.length, in.length, slack);
    byte[] out = new byte[PieceEncoder.maxSize(data.length)];
    int size = encoder.encode(in, 30_000, data.length, out);
    return Arrays.copyOf(out, size);
  }

  @Test
  void outputIsNeverMuchMoreThanInput() throws DataFormatException {
    Random random = new Random(3);
    for (int size = 0; size < 70_000; size = size * 5 / 4 + 1) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      for (int level : new int[] {1, 6, 9}) {
        assertThat(assertReadBack(noise, level, PIECE).length)
            .isLessThanOrEqualTo(size + 5 * (size / 8192 + 2) + LAST_BLOCK.length);
      }
    }
  }

  @Test
  void aPieceMayBeLongerThanThePlacesOfABucketCount() throws DataFormatException {
    byte[] data = Inputs.patchwork(new Random(6), 5 << 20);
    assertThat(assertReadBack(data, 4, data.length).length).isLessThan(data.length);
  }

  @Test
  void levelSixIsAsSmallAsThatOfZlib() throws DataFormatException {
    for (byte[] data : new byte[][] {Inputs.text(1 << 20), Inputs.records(1 << 20)}) {
      assertThat((double) assertReadBack(data, 6, PIECE).length)
          .isLessThan(1.01 * zlibSize(data, 6));
    }
  }

  @Test
  void higherLevelsAreSmaller() throws DataFormatException {
    byte[] data = Inputs.text(1 << 20);
    int last = Integer.MAX_VALUE;
    for (int level = 1; level <= 9; level++) {
      int size = assertReadBack(data, level, PIECE).length;
      assertThat(size).isLessThan(last);
      last = size;
    }
  }

  private static int zlibSize(byte[] data, int level) {
    Deflater deflater = new Deflater(level, true);
    deflater.setInput(data);
    deflater.finish();
    int size = deflater.deflate(new byte[data.length]);
    deflater.end();
    return size;
  }

  @Test
  void noInputTakesForever() {
    // Each place has as many candidates as are looked at, and each of those matches for long.
    byte[] data = new byte[1 << 20];
    Random random = new Random(7);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i % 251 == 250 ? random.nextInt(256) : i % 251 % 5);
    }
    Assertions.assertTimeout(
        Duration.ofSeconds(60), () -> assertReadBack(data, 9, PIECE), "1 MiB at level 9");
  }

  /** Encodes in pieces, checks that the JDK reads them, and returns all. */
  private static byte[] assertReadBack(byte[] data, int level, int piece)
      throws DataFormatException {
    DeflateEncoder encoder = new DeflateEncoder(level);
    byte[] in = new byte[PieceEncoder.WINDOW + piece + PieceEncoder.SLACK];
    byte[] out = new byte[PieceEncoder.maxSize(piece)];
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < data.length; at += piece) {
      int window = Math.min(at, PieceEncoder.WINDOW);
      int length = Math.min(piece, data.length - at);
      System.arraycopy(data, at - window, in, 0, window + length);
      all.write(out, 0, encoder.encode(in, window, window + length, out));
    }
    all.writeBytes(LAST_BLOCK);
    Inflater inflater = new Inflater(true);
    inflater.setInput(all.toByteArray());
    byte[] back = new byte[data.length + 1];
    int size = 0;
    while (!inflater.finished() && size < back.length) {
      int got = inflater.inflate(back, size, back.length - size);
      if (got == 0 && inflater.needsInput()) {
        break;
      }
      size += got;
    }
    assertThat(inflater.finished()).as("the end is found").isTrue();
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    assertThat(Arrays.equals(back, 0, size, data, 0, data.length)).as("read back").isTrue();
    return all.toByteArray();
  }

  @Test
  void shortInputsAreNotLongerThanTheyMustBe() throws DataFormatException {
    byte[] hello = "hello, hello, hello".getBytes(StandardCharsets.US_ASCII);
    assertThat(assertReadBack(hello, 6, PIECE).length).isLessThan(hello.length);
  }
}
