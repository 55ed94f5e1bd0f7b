package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.StepMount;
import dev.slipway.sandbox.StepRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepRequestCodecTest {
  private static final LayerStack STACK = new LayerStack(Path.of("/s/d"), List.of("b", "a"));

  private static StepRequest roundTrip(StepRequest request) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StepRequestCodec.write(request, new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    StepRequest read = StepRequestCodec.read(in);
    assertThat(in.read()).isEqualTo(-1);
    return read;
  }

  private static StepRequest request(ProcessSpec process, StepMount... mounts) {
    return new StepRequest(
        STACK, Path.of("/s/u"), Path.of("/s/w"), Path.of("/s/c"), process, List.of(mounts));
  }

  @Test
  void everyFieldOfAProcessArrives() throws IOException {
    StepRequest request =
        request(
            ProcessSpec.builder(List.of("/bin/sh", "-c", "x".repeat(100_000) + "é"))
                .environment(List.of("A=1", "B="))
                .workingDirectory("/w")
                .user(-1, 2, List.of(3, -4))
                .hostname("h")
                .network(ProcessSpec.Network.NONE)
                .security(ProcessSpec.Security.INSECURE)
                .ulimits(List.of(new ProcessSpec.Ulimit("nofile", 1, -1)))
                .extraHosts(List.of(new ProcessSpec.ExtraHost("n", "::1")))
                .build());
    assertThat(roundTrip(request)).isEqualTo(request);
  }

  @Test
  void everyKindOfMountArrives() throws IOException {
    StepRequest request =
        request(
            ProcessSpec.builder(List.of("a")).build(),
            new StepMount.Bind("/b", STACK, "sub", true),
            new StepMount.Cache("/c", Path.of("/s/c1"), "x", false, 0700, 1, 2, STACK, "y"),
            new StepMount.Cache("/d", Path.of("/s/c2"), "", true, 0755, 0, 0, null, ""),
            new StepMount.Tmpfs("/t", 7, true),
            new StepMount.Ssh("/a", Path.of("/agent"), 0600, 8, 9));
    assertThat(roundTrip(request)).isEqualTo(request);
  }

  @Test
  void aSecretArrivesAndIsNotShown() throws IOException {
    StepMount.Secret secret = new StepMount.Secret("/s", new byte[] {1, 2}, 0400, 3, 4);
    StepRequest read = roundTrip(request(ProcessSpec.builder(List.of("a")).build(), secret));
    StepMount.Secret arrived = (StepMount.Secret) read.mounts().get(0);
    assertThat(arrived.content()).containsExactly(1, 2);
    assertThat(List.of(arrived.mode(), arrived.uid(), arrived.gid())).containsExactly(0400, 3, 4);
    assertThat(read.toString()).contains("Secret[target=/s]");
  }
}
