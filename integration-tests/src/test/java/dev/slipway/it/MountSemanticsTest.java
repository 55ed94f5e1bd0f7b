package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.SecretSource;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.semantics.BuiltImage;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** B8: mounts of RUN. */
class MountSemanticsTest extends RunTest {
  @Test
  void item83whatIsWrittenToABindIsThrownAway() throws Exception {
    file("f", "context");
    file(".dockerignore", "hidden\n");
    file("hidden", "x");
    BuiltImage image =
        build(
            """
            FROM busybox
            RUN --mount=target=/c cat /c/f > /f; ls -A /c > /ls
            RUN --mount=target=/c,rw touch /c/new && echo changed > /c/f && ls /c > /ls2
            RUN --mount=type=bind,from=busybox,source=/bin/busybox,target=/bb/busybox /bb/busybox true
            """);
    assertThat(image.text("/f")).isEqualTo("context");
    assertThat(image.text("/ls")).isEqualTo(".dockerignore\nf\n");
    assertThat(image.text("/ls2")).isEqualTo("f\nnew\n");
    assertThat(image.has("/c")).isFalse();
    assertThat(image.has("/bb")).isFalse();
    assertThat(workspace().context().resolve("new")).doesNotExist();
    assertThat(workspace().context().resolve("f")).hasContent("context");
  }

  @Test
  void item83bindsAreReadOnly() {
    requireNamespaces("a read-only mount");
    BuiltImage image =
        build(
            "FROM busybox\n"
                + "RUN --mount=target=/c if touch /c/new; then echo writable > /w; else true; fi\n");
    assertThat(image.has("/w")).isFalse();
  }

  @Test
  void item84caches() {
    BuiltImage image =
        build(
            """
            FROM busybox
            RUN --mount=type=cache,target=/c stat -c '%a %u' /c > /mode; echo 1 > /c/f
            RUN --mount=type=cache,id=/c,target=/other cat /other/f > /seen
            RUN --mount=type=cache,target=/u,uid=5,gid=6,mode=0700 stat -c '%a %u %g' /u > /user
            RUN --mount=type=cache,target=/a --mount=type=cache,target=/a/b touch /a/x /a/b/y
            RUN --mount=type=cache,target=/a ls /a/b > /nested
            """);
    assertThat(image.text("/mode")).isEqualTo("755 0\n");
    assertThat(image.text("/seen")).isEqualTo("1\n");
    assertThat(image.text("/user")).isEqualTo("700 5 6\n");
    assertThat(image.text("/nested")).isEmpty();
    assertThat(image.has("/c")).isFalse();
    assertThat(image.has("/a")).isFalse();
  }

  @Test
  void item84aCacheStartsFromASourceThatCannotBeLeft() {
    BuiltImage image =
        build(
            """
            FROM busybox AS seed
            RUN mkdir /s && echo seed > /s/f && ln -s / /s/out
            FROM busybox
            RUN --mount=type=cache,from=seed,source=/s,target=/c cat /c/f > /seen
            RUN --mount=type=cache,from=seed,source=../../s,target=/d cat /d/f > /clamped
            """);
    assertThat(image.text("/seen")).isEqualTo("seed\n");
    assertThat(image.text("/clamped")).isEqualTo("seed\n");
  }

  @Test
  void item84cachesWithOtherSourcesAreOthers() {
    BuiltImage image =
        build(
            """
            FROM busybox AS one
            RUN echo 1 > /f
            FROM busybox AS two
            RUN echo 2 > /f
            FROM busybox
            RUN --mount=type=cache,target=/c touch /c/f
            RUN --mount=type=cache,from=one,target=/c cat /c/f > /one
            RUN --mount=type=cache,from=two,target=/c cat /c/f > /two
            """);
    assertThat(image.text("/one")).isEqualTo("1\n");
    assertThat(image.text("/two")).isEqualTo("2\n");
  }

  // CVE-2024-23651, CVE-2024-11218
  @Test
  void aPartOfACacheThatAnotherBuildSwapsForALinkLeadsNobodyOutOfIt() throws Exception {
    Path host = Files.createDirectory(workspace().temporary().resolve("outside"));
    Files.writeString(host.resolve("precious"), "of the host");
    String flip =
        "FROM busybox\nRUN --mount=type=cache,id=race,target=/c mkdir /c/d /c/kept; touch /c/d/mine;"
            + " for i in $(seq 600); do mv /c/d /c/a; mv /c/a /c/d; ln -s "
            + host
            + " /c/a; rm /c/a; ln -s / /c/a; rm /c/a; done; ln -s / /c/a\n";
    dev.slipway.semantics.InProcessBuilds other = workspace().neighbour("other");
    FutureTask<BuiltImage> flipping =
        new FutureTask<>(() -> other.build(flip, request -> withBase(request.noCache(true))));
    new Thread(flipping).start();
    String use =
        "FROM busybox\nRUN --mount=type=cache,id=race,source=a,target=/m"
            + " for i in 1 2 3; do ls /m; done > /seen # ";
    StringBuilder found = new StringBuilder();
    for (int i = 0; !flipping.isDone(); i++) {
      try {
        found.append(build(use + i).text("/seen"));
      } catch (BuildException e) {
        // At that moment there was no such part, or it led nowhere.
      }
    }
    flipping.get();
    other.close();
    found.append(build(use + "in the end").text("/seen"));
    assertThat(found.toString().lines()).contains("kept").isSubsetOf("mine", "a", "d", "kept");
  }

  @Test
  void mountPointsAreNotThereForTheNextStep() throws Exception {
    file("f", "context");
    BuiltImage image =
        build(
            """
            FROM busybox
            RUN mkdir /d && touch -d @1000000000 /d
            RUN --mount=source=f,target=/m/f --mount=type=tmpfs,target=/d/t cat /m/f && touch /ran
            RUN ls -d /m /d/* > /seen; stat -c %Y /d >> /seen
            RUN --mount=source=f,target=/e/f echo beside > /e/mine
            RUN ls /e > /kept
            """);
    assertThat(image.text("/seen")).isEqualTo("1000000000\n");
    assertThat(image.text("/kept")).isEqualTo("mine\n");
  }

  @Test
  void item84lockedCachesAreUsedOneAfterTheOther() {
    BuiltImage image =
        build(
            """
            FROM busybox AS a
            RUN --mount=type=cache,id=l,target=/c,sharing=locked \\
                test ! -e /c/lock && touch /c/lock && sleep 1 && rm /c/lock && touch /ok
            FROM busybox AS b
            RUN --mount=type=cache,id=l,target=/c,sharing=locked \\
                test ! -e /c/lock && touch /c/lock && sleep 1 && rm /c/lock && touch /ok
            FROM scratch
            COPY --from=a /ok /a
            COPY --from=b /ok /b
            """);
    assertThat(image.has("/a") && image.has("/b")).isTrue();
  }

  @Test
  void item84privateCachesOfOneNameAreNotSharedAtTheSameTime() {
    String step =
        """
        RUN --mount=type=cache,id=p,target=/c,sharing=private \\
            --mount=type=cache,id=meet,target=/meet \\
            touch /c/%1$s /meet/%1$s; n=0; \\
            until [ -e /meet/%2$s ] || [ $n = 200 ]; do sleep 0.1; n=$((n + 1)); done; ls /c > /seen
        """;
    BuiltImage image =
        build(
            "FROM busybox AS a\n"
                + step.formatted("a", "b")
                + "FROM busybox AS b\n"
                + step.formatted("b", "a")
                + "FROM scratch\nCOPY --from=a /seen /a\nCOPY --from=b /seen /b\n",
            request -> request.jobs(2));
    assertThat(image.text("/a")).isEqualTo("a\n");
    assertThat(image.text("/b")).isEqualTo("b\n");
  }

  @Test
  void item84aCacheIsOfRootWhoeverIsToUseIt() {
    BuiltImage image =
        build(
            """
            FROM busybox
            USER 5
            RUN --mount=type=cache,target=/c stat -c '%a %u' /c > /tmp/mode; \\
                ! touch /c/f 2> /dev/null || echo writable >> /tmp/mode
            """);
    assertThat(image.text("/tmp/mode")).isEqualTo("755 0\n");
  }

  @Test
  void theSizeOfSharedMemoryOnTheCommandLineCountsMoreThanAMount() {
    requireNamespaces("a size");
    String dockerfile =
        """
        FROM busybox
        RUN --mount=type=tmpfs,target=/dev/shm,size=3m df -k /dev/shm | tail -n 1 > /df
        """;
    assertThat(build(dockerfile).text("/df")).contains(" 3072 ");
    assertThat(build(dockerfile, request -> request.shmSize(5 << 20)).text("/df"))
        .contains(" 5120 ");
  }

  @Test
  void item85secretsAreFilesOrVariablesAndLeaveNoTrace() throws Exception {
    Path secret = Files.writeString(workspace().temporary().resolve("s"), "value");
    String dockerfile =
        """
        FROM busybox
        RUN --mount=type=secret,id=s stat -c '%a %u' /run/secrets/s > /mode; cat /run/secrets/s > /out
        ENV S=public
        RUN --mount=type=secret,id=s,env=S echo "$S" > /env; test ! -e /run
        RUN --mount=type=secret,id=s,target=/x/y,mode=0444,uid=5 stat -c '%a %u' /x/y > /mode2
        RUN --mount=type=secret,id=missing test ! -e /run/secrets/missing
        """;
    BuiltImage image = build(dockerfile, r -> r.secret(new SecretSource.FromFile("s", secret)));
    assertThat(image.text("/mode")).isEqualTo("400 0\n");
    assertThat(image.text("/out")).isEqualTo("value");
    assertThat(image.text("/env")).isEqualTo("value\n");
    assertThat(image.text("/mode2")).isEqualTo("444 5\n");
    assertThat(image.has("/run/secrets")).isFalse();
    assertThat(image.has("/x")).isFalse();
    Files.writeString(secret, "other");
    assertThat(
            build(dockerfile, r -> r.secret(new SecretSource.FromFile("s", secret))).log().done())
        .isEmpty();
    BuiltImage variable =
        build(
            "FROM busybox\nRUN --mount=type=secret,id=e cat /run/secrets/e > /e\n",
            r -> r.secret(new SecretSource.FromEnvironment("e", "SEMANTICS_SECRET")));
    assertThat(variable.text("/e")).isEqualTo("from the environment");
    assertThat(failure("FROM busybox\nRUN --mount=type=secret,id=none,required true\n"))
        .hasMessageContaining("none");
  }

  @Test
  void item86agentSockets() throws Exception {
    Path socket = Path.of("/tmp", "slipway-agent-" + ProcessHandle.current().pid());
    try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      agent.bind(UnixDomainSocketAddress.of(socket));
      BuiltImage image =
          build(
              """
              FROM busybox
              RUN --mount=type=ssh echo $SSH_AUTH_SOCK > /name; stat -c '%a %F' $SSH_AUTH_SOCK > /mode
              RUN --mount=type=ssh,id=none test -n "$SSH_AUTH_SOCK" && test ! -e "$SSH_AUTH_SOCK"
              RUN --mount=type=ssh,target=/first --mount=type=ssh echo $SSH_AUTH_SOCK > /two
              """,
              request -> request.ssh("default", socket));
      assertThat(image.text("/name")).isEqualTo("/run/buildkit/ssh_agent.0\n");
      assertThat(image.text("/mode")).isEqualTo("600 socket\n");
      assertThat(image.text("/two")).isEqualTo("/first\n");
      assertThat(image.has("/run/buildkit")).isFalse();
    } finally {
      Files.deleteIfExists(socket);
    }
  }

  @Test
  void item87memoryHasTheSizeThatWasAskedFor() {
    requireNamespaces("memory of a size");
    BuiltImage image =
        build(
            """
            FROM busybox
            RUN --mount=type=tmpfs,target=/t,size=64k if dd if=/dev/zero of=/t/f bs=1k count=128; then touch /big; fi
            """);
    assertThat(image.has("/big")).isFalse();
  }

  @Test
  void item87otherMounts() {
    BuiltImage image =
        build(
            """
            FROM busybox
            RUN --mount=type=tmpfs,target=/t --mount=type=tmpfs,target=/t/u touch /t/u/f
            """);
    assertThat(image.has("/t")).isFalse();
    assertThat(failure("FROM busybox\nRUN --mount=type=tmpfs,target=/ true\n"))
        .hasMessageContaining("/");
    assertThat(failure("FROM busybox\nRUN --mount=type=tmpfs,uid=5,target=/t true\n"))
        .hasMessageContaining("uid");
    assertThat(failure("FROM busybox\nRUN --mount=type=tmpf,target=/t true\n").getMessage())
        .contains("tmpf")
        .contains("tmpfs");
    assertThat(failure("FROM busybox\nRUN --mont=type=tmpfs,target=/t true\n").getMessage())
        .contains("mount");
    assertThat(failure("FROM busybox\nRUN --mount=type=tmpfs,tagret=/t true\n").getMessage())
        .contains("target");
  }
}
