package dev.slipway.inspect.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompressionMapTest {
  @Test
  void aStretchIsSharedOutProRata() {
    CompressionMap map = new CompressionMap();
    map.add(1000, 100);
    map.finish(3000, 500);

    assertThat(map.between(0, 500)).isEqualTo(new Cost(500, 50));
    assertThat(map.between(500, 2000)).isEqualTo(new Cost(1500, 50 + 200));
    assertThat(map.between(0, 3000)).isEqualTo(new Cost(3000, 500));
  }

  @Test
  void whatGaveNothingBelongsToWhatFollows() {
    CompressionMap map = new CompressionMap();
    map.add(0, 10);
    map.add(100, 60);
    map.finish(100, 70);

    assertThat(map.storedAt(0)).isZero();
    assertThat(map.storedAt(100)).isEqualTo(70);
  }

  @Test
  void behindTheEndNothingIsStored() {
    CompressionMap map = new CompressionMap();
    map.finish(100, 60);

    assertThat(map.between(100, 200)).isEqualTo(new Cost(100, 0));
  }

  @Test
  void manyStretchesAndLargeOnesAddUp() {
    CompressionMap map = new CompressionMap();
    long stretch = 3L << 32;
    for (int i = 1; i <= 200; i++) {
      map.add(i * stretch, i * (stretch / 2));
    }

    assertThat(map.storedAt(stretch / 2)).isEqualTo(stretch / 4);
    assertThat(map.storedAt(200 * stretch)).isEqualTo(100 * stretch);
  }
}
