package dev.slipway.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IncompressibleProbeTest {
  private final IncompressibleProbe probe = new IncompressibleProbe();

  @Test
  void noiseIsIncompressible() {
    for (int size = 32 << 10; size <= 1 << 20; size *= 2) {
      byte[] noise = Inputs.noise(size + 100);
      assertThat(probe.isIncompressible(noise, 0, noise.length)).isTrue();
      assertThat(probe.isIncompressible(noise, 100, noise.length)).isTrue();
    }
  }

  @Test
  void repetitionIsSeen() {
    byte[] repeated = Inputs.noise(1 << 18);
    for (int i = 4096; i < repeated.length; i++) {
      repeated[i] = repeated[i - 4096];
    }
    assertThat(probe.isIncompressible(repeated, 0, repeated.length)).isFalse();
  }

  @Test
  void skewedBytesAreSeen() {
    byte[] partlyEmpty = Inputs.noise(1 << 18);
    Arrays.fill(partlyEmpty, 0, partlyEmpty.length / 8, (byte) 0);
    assertThat(probe.isIncompressible(partlyEmpty, 0, partlyEmpty.length)).isFalse();
  }

  @Test
  void littleIsNotLookedAt() {
    assertThat(probe.isIncompressible(Inputs.noise(1000), 0, 1000)).isFalse();
  }
}
