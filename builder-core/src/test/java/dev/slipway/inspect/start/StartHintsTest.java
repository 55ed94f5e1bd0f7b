package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.TinyElf;
import dev.slipway.oci.Healthcheck;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keeps nothing from starting. */
class StartHintsTest extends StartCheckFixture {
  @Test
  void anInitProcessThatStartsNothingIsAHint() throws IOException {
    put(image, "bin/tini", 0755, staticProgram());
    config.entrypoint(List.of("/bin/tini", "--"));
    assertThat(only().certain()).isFalse();
    assertThat(only().message()).startsWith("ENTRYPOINT has \"/bin/tini\" start nothing: ");
    assertThat(only().advice()).contains("takes away the CMD of the base image");

    put(image, "bin/app", 0755, staticProgram());
    config.cmd(List.of("/bin/app"));
    assertThat(check()).isEmpty();
  }

  @Test
  void aHealthcheckThatCannotBeStartedIsAHint() throws IOException {
    put(image, "app", 0755, staticProgram());
    config
        .cmd(List.of("/app"))
        .healthcheck(
            new Healthcheck(
                List.of("CMD", "curl", "-f"),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                0));

    assertThat(only().certain()).isFalse();
    assertThat(only().message())
        .isEqualTo("HEALTHCHECK \"curl\" is in none of the directories of PATH");
  }

  @Test
  void aTimeZoneWithoutItsFileIsAHint() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(stage, "usr/share/zoneinfo/Europe/Berlin", 0644, text("TZif"));
    config.cmd(List.of("/app")).env(List.of("TZ=Europe/Berlin"));

    assertThat(only().certain()).isFalse();
    assertThat(only().repair())
        .containsExactly(
            "COPY --from=build /usr/share/zoneinfo/Europe/Berlin"
                + " /usr/share/zoneinfo/Europe/Berlin");
  }

  @Test
  void aMissingWorkingDirectoryIsAHint() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/app")).workingDir("/srv");

    assertThat(only().certain()).isFalse();
    assertThat(only().message()).startsWith("WORKDIR \"/srv\" is not in the image");
  }

  @Test
  void aStaticProgramThatTrustsCertificatesIsAHint() throws IOException {
    byte[] program =
        new TinyElf(ElfTarget.X86_64).constant("/etc/ssl/certs/ca-certificates.crt").bytes();
    put(image, "app", 0755, program);
    put(stage, "etc/ssl/certs/ca-certificates.crt", 0644, text("certificates"));
    config.cmd(List.of("/app"));

    assertThat(only().certain()).isFalse();
    assertThat(only().repair())
        .containsExactly(
            "COPY --from=build /etc/ssl/certs/ca-certificates.crt"
                + " /etc/ssl/certs/ca-certificates.crt");
  }
}
