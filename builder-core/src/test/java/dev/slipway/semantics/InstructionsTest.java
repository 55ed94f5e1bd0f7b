package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** B7 to B9, as far as they need no RUN. */
class InstructionsTest extends BuildTest {
  private static final String USER =
      "FROM scratch\nCOPY <<passwd /etc/passwd\napp:x:5:6::/home/app:/bin/sh\npasswd\n";

  @Test
  void item71workdirsJoinAndBelongToTheUser() {
    BuiltImage image =
        build(USER + "WORKDIR /a\nUSER app\nWORKDIR b/c\nWORKDIR ../d\nUSER 9\nWORKDIR /a\n");
    assertThat(image.stat("/a")).isEqualTo("755 0:0");
    assertThat(image.stat("/a/b")).isEqualTo("755 5:6");
    assertThat(image.stat("/a/b/c")).isEqualTo("755 5:6");
    assertThat(image.stat("/a/b/d")).isEqualTo("755 5:6");
    assertThat(image.config().workingDir()).isEqualTo("/a");
  }

  @Test
  void item72workdirMakesALayerAtOnceButNotForTheRoot() {
    BuiltImage image = build("FROM scratch\nWORKDIR /\nWORKDIR /w\n");
    assertThat(image.layerCount()).isEqualTo(1);
    assertThat(image.layer(0)).containsExactly("755 0:0 w/");
    assertThat(image.history()).containsExactly("- WORKDIR /", "+ WORKDIR /w");
  }

  @Test
  void item75anUnknownUserIsRootToWorkdir() {
    assertThat(build("FROM scratch\nUSER nobody\nWORKDIR /w\n").stat("/w")).isEqualTo("755 0:0");
    assertThat(build("FROM scratch\nUSER nobody:5\nWORKDIR /w\n").stat("/w")).isEqualTo("755 0:5");
    assertThat(build("FROM scratch\nUSER 5:nogroup\nWORKDIR /w\n").stat("/w")).isEqualTo("755 5:5");
  }

  @Test
  void item76theDefaultPathIsSaved() {
    assertThat(build("FROM scratch\n").config().env())
        .containsExactly("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    assertThat(build("FROM scratch\nENV PATH=/x\n").config().env()).containsExactly("PATH=/x");
  }

  @Test
  void item78shellFormsFreezeTheShell() {
    BuiltImage image =
        build(
            """
            FROM scratch
            ENTRYPOINT a  b
            SHELL ["/bin/bash", "-o", "pipefail", "-c"]
            CMD c
            SHELL ["/other"]
            """);
    assertThat(image.config().entrypoint()).containsExactly("/bin/sh", "-c", "a  b");
    assertThat(image.config().cmd()).containsExactly("/bin/bash", "-o", "pipefail", "-c", "c");
    assertThat(build("FROM scratch\nCMD ['a', 'b']\n").config().cmd())
        .containsExactly("/bin/sh", "-c", "['a', 'b']");
  }

  @Test
  void item79entrypointTakesAwayTheBasesCmdOnly() {
    BuiltImage base = build("FROM scratch\nCMD [\"base\"]\n");
    assertThat(
            build(
                    "FROM base\nENTRYPOINT [\"e\"]\n",
                    request -> request.namedContext("base", "oci-layout://" + base.layout()))
                .config()
                .cmd())
        .isEmpty();
    assertThat(build("FROM scratch AS a\nCMD [\"a\"]\nFROM a\nENTRYPOINT [\"e\"]\n").config().cmd())
        .isEmpty();
    assertThat(build("FROM scratch\nCMD [\"own\"]\nENTRYPOINT [\"e\"]\n").config().cmd())
        .containsExactly("own");
    assertThat(build("FROM scratch\nCMD [\"x\"]\nCMD []\n").config().cmd()).isEmpty();
  }

  @Test
  void item88volumesAreConfigOnlyAndWhatIsWrittenBelowStays() {
    file("f", "1");
    BuiltImage image = build("FROM scratch\nVOLUME /v /w\nVOLUME [\"/x y\"]\nCOPY f /v/f\n");
    assertThat(image.config().volumes()).containsExactly("/v", "/w", "/x y");
    assertThat(image.text("/v/f")).isEqualTo("1");
    assertThat(image.layerCount()).isEqualTo(1);
  }

  @Test
  void item89portsAreExpandedAndSorted() {
    BuiltImage image =
        build(
            """
            FROM scratch
            ARG PORTS="8080 9090/udp"
            EXPOSE $PORTS
            EXPOSE 80-82 53/UDP
            """);
    assertThat(image.config().exposedPorts())
        .containsExactly("53/udp", "80/tcp", "8080/tcp", "81/tcp", "82/tcp", "9090/udp");
    assertThat(failure("FROM scratch\nEXPOSE 70000\n")).hasMessageContaining("70000");
  }

  @Test
  void item90triggersRunFirstAndOnce() {
    file("f", "1");
    BuiltImage image =
        build(
            """
            FROM scratch AS src
            COPY f /from-src
            FROM scratch AS parent
            ONBUILD ENV X=trigger
            ONBUILD COPY --from=src /from-src /got
            ONBUILD COPY <<doc /doc
            text
            doc
            FROM parent AS child
            ENV SEEN=$X
            FROM child
            ENV X=own
            """);
    assertThat(image.config().env()).contains("SEEN=trigger", "X=own");
    assertThat(image.config().onBuild()).isEmpty();
    assertThat(image.text("/got")).isEqualTo("1");
    assertThat(image.text("/doc")).isEqualTo("text\n");
    assertThat(image.layerCount()).isEqualTo(2);
    BuiltImage base = build("FROM scratch\nONBUILD COPY f /f\nONBUILD ENV A=1\n");
    assertThat(base.config().onBuild()).containsExactly("COPY f /f", "ENV A=1");
  }

  @Test
  void item91otherConfig() {
    BuiltImage image =
        build(
            """
            FROM scratch
            LABEL a=1 "b c"="d e"
            LABEL a=2
            HEALTHCHECK --interval=5s --start-interval=1ms --retries=3 CMD curl localhost
            STOPSIGNAL SIGRTMIN+3
            MAINTAINER me
            """);
    assertThat(image.config().labels()).containsEntry("a", "2").containsEntry("b c", "d e");
    var check = image.config().healthcheck();
    assertThat(check).isNotNull();
    assertThat(check.test()).containsExactly("CMD-SHELL", "curl localhost");
    assertThat(check.interval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(check.retries()).isEqualTo(3);
    assertThat(image.config().stopSignal()).isEqualTo("SIGRTMIN+3");
    assertThat(image.imageConfig().author()).isEqualTo("me");
    assertThat(build("FROM scratch\nHEALTHCHECK NONE\n").config().healthcheck().test())
        .containsExactly("NONE");
    assertThat(
            build("FROM scratch\nHEALTHCHECK CMD [\"curl\", \"a b\"]\n")
                .config()
                .healthcheck()
                .test())
        .containsExactly("CMD", "curl", "a b");
    assertThat(build("FROM scratch\nSTOPSIGNAL 9\n").config().stopSignal()).isEqualTo("9");
    assertThat(build("FROM scratch\nSTOPSIGNAL 99\n").config().stopSignal()).isEqualTo("99");
    assertThat(failure("FROM scratch\nSTOPSIGNAL 0\n")).hasMessageContaining("invalid signal: '0'");
    assertThat(failure("FROM scratch\nSTOPSIGNAL RTMAX-15\n")).hasMessageContaining("RTMAX-15");
    assertThat(check.startInterval()).isEqualTo(Duration.ofMillis(1));
    assertThat(failure("FROM scratch\nSTOPSIGNAL SIGNOPE\n")).hasMessageContaining("SIGNOPE");
    assertThat(failure("FROM scratch\nHEALTHCHECK --interval=1us CMD x\n"))
        .hasMessageContaining("1ms");
  }
}
