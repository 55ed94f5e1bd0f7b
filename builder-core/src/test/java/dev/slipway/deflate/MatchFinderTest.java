package dev.slipway.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each finder promises. */
class MatchFinderTest {
  private static final byte[] WORD = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  private static final int NEAR = 1 << 12;

  enum Finder {
    BUCKETS,
    CHAINS;

    MatchFinder create() {
      return this == BUCKETS ? new Buckets() : new HashChains(20, 48);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyMatchIsThere(Finder kind) {
    Random random = new Random(11);
    for (int run = 0; run < 20; run++) {
      byte[] in = padded(Inputs.patchwork(random, 100_000));
      MatchFinder finder = kind.create();
      int end = 100_000;
      for (int at = 1; at + MatchFinder.MIN_INPUT <= end; at++) {
        int longer = 2 + random.nextInt(4);
        int max = Math.min(Alphabet.MAX_MATCH, end - at);
        int near3 = random.nextInt(NEAR);
        int match = finder.find(in, at, longer, max, random.nextInt(2), near3);
        if (match != 0) {
          int length = Tokens.length(match);
          int distance = Tokens.distance(match);
          assertThat(length).isBetween(longer + 1, max);
          assertThat(distance)
              .isBetween(1, Math.min(at, length > 3 ? Alphabet.MAX_DISTANCE : near3));
          assertThat(
                  Arrays.mismatch(in, at, at + length, in, at - distance, at - distance + length))
              .isEqualTo(-1);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMatchIsFoundUpToTheFarthestDistanceOnly(Finder kind) {
    assertThat(findWordAfter(kind, Alphabet.MAX_DISTANCE))
        .isEqualTo(Tokens.match(WORD.length, Alphabet.MAX_DISTANCE));
    assertThat(findWordAfter(kind, Alphabet.MAX_DISTANCE + 1)).isZero();
    assertThat(findWordAfter(kind, 1 << 16)).isZero();
  }

  private static int findWordAfter(Finder kind, int distance) {
    byte[] in = new byte[distance + 200];
    System.arraycopy(WORD, 0, in, 100, WORD.length);
    System.arraycopy(WORD, 0, in, 100 + distance, WORD.length);
    MatchFinder finder = kind.create();
    finder.insert(in, 1, 100 + distance);
    return finder.find(in, 100 + distance, 4, WORD.length, 0, NEAR);
  }

  @ParameterizedTest
  @EnumSource
  void theLongestIsFoundAndOfThoseTheNearest(Finder kind) {
    byte[] in = padded("abcdefgh1.abcdefgh2.abcdefgh2.abcdefZZ.abcdefgh2".getBytes());
    MatchFinder finder = kind.create();
    finder.insert(in, 1, 39);
    assertThat(finder.find(in, 39, 2, 9, 0, NEAR)).isEqualTo(Tokens.match(9, 19));
  }

  @ParameterizedTest
  @EnumSource
  void threeBytesMatchWhereTheyAreNear(Finder kind) {
    byte[] in = padded(".abc1..........abc23456789".getBytes());
    MatchFinder finder = kind.create();
    finder.insert(in, 1, 15);
    assertThat(finder.find(in, 15, 2, 11, 0, 14)).isEqualTo(Tokens.match(3, 14));
    finder.clear();
    finder.insert(in, 1, 15);
    assertThat(finder.find(in, 15, 2, 11, 0, 13)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsFoundOfWhatWasForgotten(Finder kind) {
    byte[] in = padded(".abcdefghijkl...............abcdefghijkl".getBytes());
    MatchFinder finder = kind.create();
    finder.insert(in, 1, 28);
    finder.clear();
    assertThat(finder.find(in, 28, 2, 12, 0, NEAR)).isZero();
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + PieceEncoder.SLACK);
  }
}
