package dev.slipway.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HuffmanCodeTest {
  @Test
  void codesAreCompleteAndAsShortAsTheyCanBe() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      int[] counts = new int[2 + random.nextInt(285)];
      for (int j = 0; j < counts.length; j++) {
        counts[j] = random.nextInt(3) == 0 ? 0 : random.nextInt(1 << random.nextInt(6));
      }
      counts[0] = 1;
      counts[1] = 1;
      HuffmanCode code = new HuffmanCode(counts.length, 15);
      code.build(counts);
      assertComplete(code, 15);
      assertThat(code.bits(counts)).isEqualTo(least(counts));
    }
  }

  /** The sum of all joined nodes, which is what an unlimited code takes. */
  private static long least(int[] counts) {
    PriorityQueue<Long> nodes = new PriorityQueue<>();
    for (int count : counts) {
      if (count > 0) {
        nodes.add((long) count);
      }
    }
    long bits = 0;
    while (nodes.size() > 1) {
      long joined = nodes.remove() + nodes.remove();
      bits += joined;
      nodes.add(joined);
    }
    return bits;
  }

  @Test
  void noCodeIsLongerThanTheLimit() {
    for (int limit = 5; limit <= 15; limit++) {
      int[] counts = new int[25];
      counts[0] = 1;
      counts[1] = 1;
      for (int i = 2; i < counts.length; i++) {
        counts[i] = counts[i - 1] + counts[i - 2];
      }
      HuffmanCode code = new HuffmanCode(counts.length, limit);
      code.build(counts);
      assertComplete(code, limit);
      for (int i = 1; i < counts.length; i++) {
        assertThat(code.length(i)).isLessThanOrEqualTo(code.length(i - 1));
      }
    }
  }

  @Test
  void aCodeHasTwoSymbolsAtLeast() {
    for (int used : new int[] {0, 1, 29}) {
      int[] counts = new int[30];
      counts[used] = 7;
      HuffmanCode code = new HuffmanCode(30, 15);
      code.build(counts);
      assertComplete(code, 15);
      assertThat(code.length(used)).isEqualTo(1);
    }
    HuffmanCode none = new HuffmanCode(30, 15);
    none.build(new int[30]);
    assertComplete(none, 15);
  }

  private static void assertComplete(HuffmanCode code, int limit) {
    long sum = 0;
    for (int symbol = 0; symbol < code.symbols(); symbol++) {
      int length = code.length(symbol);
      assertThat(length).isBetween(0, limit);
      sum += length == 0 ? 0 : 1L << limit - length;
    }
    assertThat(sum).isEqualTo(1L << limit);
  }
}
