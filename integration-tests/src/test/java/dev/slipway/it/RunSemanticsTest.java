package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.semantics.BuiltImage;
import org.junit.jupiter.api.Test;

/** B5 to B7: variables, shells, users and directories as commands see them. */
class RunSemanticsTest extends RunTest {
  @Test
  void item53anUnsetArgumentIsNotInTheEnvironment() {
    BuiltImage image =
        build(
            """
            FROM busybox
            ARG UNSET
            ARG EMPTY=
            RUN env | cut -d= -f1 | sort > /names
            """);
    assertThat(image.text("/names").lines()).contains("EMPTY").doesNotContain("UNSET");
  }

  @Test
  void item55aCommandSeesTheLaterOfArgAndEnv() {
    BuiltImage image =
        build(
            "FROM busybox\nENV V=env\nARG V\nRUN echo $V > /seen\n",
            request -> request.buildArg("V", "given"));
    assertThat(image.text("/seen")).isEqualTo("given\n");
    assertThat(image.config().env()).contains("V=env");
  }

  @Test
  void item56proxiesReachCommandsUndeclaredAndLeaveNoTrace() {
    String dockerfile =
        "FROM busybox\nRUN echo \"$HTTP_PROXY $http_proxy ${OTHER-unset}\" > /seen\n";
    BuiltImage image =
        build(
            dockerfile,
            request -> request.buildArg("http_proxy", "http://one").buildArg("OTHER", "x"));
    assertThat(image.text("/seen")).isEqualTo("http://one http://one unset\n");
    assertThat(image.history().toString()).doesNotContain("http://one");
    assertThat(image.config().env().toString()).doesNotContain("http://one");
    BuiltImage other = build(dockerfile, request -> request.buildArg("http_proxy", "http://two"));
    assertThat(other.log().done()).isEmpty();
  }

  @Test
  void item58commandsAreExpandedByTheShellOnly() {
    BuiltImage image =
        build("FROM busybox\nARG A=1\nRUN A=2; echo $A > /shell\nRUN [\"touch\", \"/$A\"]\n");
    assertThat(image.text("/shell")).isEqualTo("2\n");
    assertThat(image.has("/$A")).isTrue();
  }

  @Test
  void item69scriptsOfTheShellAndOfOthers() {
    BuiltImage image =
        build(
            """
            FROM busybox
            RUN <<E
            false
            echo on > /on
            E
            RUN <<E
            #!/bin/busybox sh
            echo "$0" > /script
            E
            RUN cat <<E > /x
            text
            E
            """);
    assertThat(image.text("/on")).isEqualTo("on\n");
    assertThat(image.text("/script")).isNotEmpty();
    assertThat(image.text("/x")).isEqualTo("text\n");
    assertThat(image.layer(-2)).hasSize(1);
  }

  @Test
  void item73groupsOfAUser() {
    BuiltImage image =
        build(
            ACCOUNTS
                + """
                RUN chmod 777 / && mkdir -m 777 /o
                USER app
                RUN id -u > /o/a; id -g >> /o/a; id -G >> /o/a
                USER 1000
                RUN id -u > /o/b; id -g >> /o/b; id -G >> /o/b
                USER app:staff
                RUN id -u > /o/c; id -g >> /o/c; id -G >> /o/c
                USER 7
                RUN id -u > /o/d; id -g >> /o/d; id -G >> /o/d
                USER 7:8
                RUN id -u > /o/e; id -g >> /o/e; id -G >> /o/e
                """);
    assertThat(image.text("/o/a").split("\n")).containsExactly("1000", "1001", "1001 50");
    assertThat(image.text("/o/b").split("\n")).containsExactly("1000", "1001", "1001 50");
    assertThat(image.text("/o/c").split("\n")).containsExactly("1000", "50", "50");
    assertThat(image.text("/o/d").split("\n")).containsExactly("7", "0", "0");
    assertThat(image.text("/o/e").split("\n")).containsExactly("7", "8", "8");
    assertThat(image.stat("/o/a")).isEqualTo("644 1000:1001");
  }

  @Test
  void item74homeComesFromTheImagesAccounts() {
    BuiltImage image =
        build(
            ACCOUNTS
                + """
                RUN mkdir -m 777 /o && echo $HOME > /o/root
                USER app
                RUN echo $HOME > /o/app
                USER 77
                RUN echo $HOME > /o/unknown
                ENV HOME=/set
                RUN echo $HOME > /o/set
                """);
    assertThat(image.text("/o/root")).isEqualTo("/root\n");
    assertThat(image.text("/o/app")).isEqualTo("/home/app\n");
    assertThat(image.text("/o/unknown")).isEqualTo("/\n");
    assertThat(image.text("/o/set")).isEqualTo("/set\n");
    assertThat(build(ACCOUNTS + "RUN true\n").config().envValue("HOME")).isNull();
  }

  @Test
  void item75anUnknownUserFailsAtRun() {
    assertThat(failure("FROM busybox\nUSER nobody\nRUN true\n"))
        .hasMessageContaining("unable to find user nobody");
    assertThat(failure("FROM busybox\nUSER 4294967296000\nRUN true\n"))
        .hasMessageContaining("4294967296000");
    assertThat(failure(ACCOUNTS + "USER app:nogroup\nRUN true\n")).hasMessageContaining("nogroup");
    BuiltImage image = build("FROM busybox\nUSER root:root\nRUN rm /etc/passwd\nRUN id -u > /id\n");
    assertThat(image.text("/id")).isEqualTo("0\n");
  }

  @Test
  void item76commandsHaveTheDefaultPath() {
    BuiltImage image =
        build("FROM scratch\nCOPY --from=busybox /bin /bin\nRUN echo $PATH > /path\n");
    assertThat(image.text("/path"))
        .isEqualTo("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n");
  }

  @Test
  void item77whatACommandFinds() {
    BuiltImage image =
        build(
            """
            FROM busybox
            WORKDIR /w
            RUN rmdir /w
            RUN umask > /umask; pwd > /pwd; wc -c > /stdin
            """);
    assertThat(image.text("/umask")).isEqualTo("0022\n");
    assertThat(image.text("/pwd")).isEqualTo("/w\n");
    assertThat(image.text("/stdin").trim()).isEqualTo("0");
  }

  @Test
  void item77commandsHaveAHostNameOfTheirOwn() {
    requireNamespaces("a host name");
    assertThat(build("FROM busybox\nRUN hostname > /hostname\n").text("/hostname"))
        .isEqualTo("buildkitsandbox\n");
  }

  @Test
  void item78theShellGetsTheTextWhole() {
    BuiltImage image =
        build(
            """
            FROM busybox
            RUN echo 'a  b'   "c" > /x
            SHELL ["/bin/busybox", "echo"]
            RUN is   not run
            """);
    assertThat(image.text("/x")).isEqualTo("a  b c\n");
    assertThat(image.log().output()).contains("is   not run");
    assertThat(image.history().get(image.history().size() - 1))
        .isEqualTo("+ RUN /bin/busybox echo is   not run # buildkit");
  }

  @Test
  void item80entrypointsAreNotForRun() {
    assertThat(
            build("FROM busybox\nENTRYPOINT [\"/bin/false\"]\nCMD [\"x\"]\nRUN touch /ran\n")
                .has("/ran"))
        .isTrue();
  }

  @Test
  void item81whatTheBuilderMakesIsNotInTheLayer() {
    assertThat(build("FROM busybox\nRUN true\n").layer(-1)).isEmpty();
    BuiltImage scratch =
        build(
            """
            FROM scratch
            COPY --from=busybox /bin/busybox /bin/busybox
            RUN --mount=type=cache,target=/only/for/this ["/bin/busybox", "true"]
            RUN --mount=type=secret,id=s ["/bin/busybox", "true"]
            RUN ["/bin/busybox", "touch", "/x"]
            """);
    assertThat(scratch.layer(-3)).isEmpty();
    assertThat(scratch.layer(-2)).isEmpty();
    assertThat(scratch.layer(-1)).containsExactly("644 0:0 x = ");
    BuiltImage resolver =
        build("FROM busybox\nRUN cat /etc/hosts /etc/resolv.conf && ls /dev /proc\n");
    assertThat(resolver.layer(-1)).isEmpty();
  }

  @Test
  void item82processesEndWithTheirStep() {
    BuiltImage image =
        build("FROM busybox\nRUN (sleep 2; touch /late) & touch /now\nRUN sleep 3\n");
    assertThat(image.has("/now")).isTrue();
    assertThat(image.has("/late")).isFalse();
  }

  @Test
  void item88whatIsWrittenToAVolumeStays() {
    BuiltImage image = build("FROM busybox\nVOLUME /v\nRUN mkdir -p /v && echo 1 > /v/f\n");
    assertThat(image.text("/v/f")).isEqualTo("1\n");
  }

  @Test
  void item112theBuildersOwnVariablesAreNotTheSteps() {
    BuiltImage image = build("FROM busybox\nRUN env | cut -d= -f1 | sort > /names\n");
    assertThat(image.text("/names").lines()).containsExactly("HOME", "PATH", "PWD", "SHLVL");
  }

  @Test
  void item115limitsAreSetOnlyWhenAskedFor() {
    BuiltImage image = build("FROM busybox\nRUN ulimit -n > /n\n");
    BuiltImage limited =
        build(
            "FROM busybox\nRUN ulimit -n > /n\n", r -> r.ulimit("nofile", "100:100").noCache(true));
    assertThat(limited.text("/n")).isEqualTo("100\n");
    assertThat(image.text("/n")).isNotEqualTo("100\n");
  }
}
