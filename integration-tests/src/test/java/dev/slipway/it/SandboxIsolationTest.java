package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.StepOrder.Mount;
import dev.slipway.it.StepOrder.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a step must not reach, staged as the attacks that the field's advisories describe. The names
 * in comments are those of the advisories.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxIsolationTest {

  @Nested
  class AsRoot extends Attacks {
    AsRoot() {
      super(Steps.Who.ROOT);
    }
  }

  @Nested
  class AsOrdinaryUser extends Attacks {
    AsOrdinaryUser() {
      super(Steps.Who.ORDINARY_USER);
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Attacks {
    private final Steps.Who who;
    private Steps steps;

    Attacks(Steps.Who who) {
      this.who = who;
    }

    @BeforeAll
    void start() {
      steps = Steps.as(who, "auto").assumeWorking();
    }

    @AfterAll
    void stop() {
      if (steps != null) {
        steps.close();
      }
    }

    private Outcome shell(String command) {
      return steps.run(StepOrder.shell(command));
    }

    // CVE-2024-21626
    @Test
    void noWorkingDirectoryIsADescriptorOfTheBuilder() {
      for (int n = 3; n <= 64; n++) {
        Outcome outcome = steps.run(StepOrder.shell("ls ..").in("/proc/self/fd/" + n));
        assertThat(outcome.started()).as("descriptor %d", n).isFalse();
        assertThat(outcome.error()).contains("working directory '/proc/self/fd/" + n + "'");
      }
    }

    @Test
    void aWorkingDirectoryThroughALinkToADescriptorIsRefused() {
      LayerTar layer = new LayerTar().symlink("w", "/proc/self/fd/3");
      assertThat(steps.run(StepOrder.shell("pwd").on(layer).in("/w")).started()).isFalse();
    }

    @Test
    void aStepHasThreeDescriptors() {
      Outcome outcome =
          shell("for n in $(seq 0 999); do [ -e /proc/$$/fd/$n ] && echo $n; done; true");
      assertThat(outcome.output().lines()).containsExactly("0", "1", "2");
    }

    @Test
    void standardInputIsEmpty() {
      assertThat(shell("cat; readlink /proc/self/fd/0").output()).isEqualTo("/dev/null\n");
    }

    // CVE-2022-27651, CVE-2022-29162
    @Test
    void noCapabilityIsInheritable() {
      Outcome outcome = shell("grep Cap /proc/self/status");
      assertThat(outcome.output().lines())
          .containsExactly(
              "CapInh:\t0000000000000000",
              "CapPrm:\t00000000a80425fb",
              "CapEff:\t00000000a80425fb",
              "CapBnd:\t00000000a80425fb",
              "CapAmb:\t0000000000000000");
    }

    @Test
    void anotherUserThanRootHasNoCapabilityButMayGainThoseOfSetuidPrograms() {
      LayerTar layer =
          new LayerTar().file("etc/passwd", "root::0:0::/:/bin/sh\nbob:x:1000:1000::/:/bin/sh\n");
      Outcome outcome = steps.run(StepOrder.shell("grep CapEff /proc/self/status").as(1000, 1000));
      assertThat(outcome.output()).isEqualTo("CapEff:\t0000000000000000\n");
      StepOrder gaining =
          StepOrder.program("/su", "-c", "id -u").on(layer).on(setuidBusybox("su")).as(1000, 1000);
      assertThat(steps.run(gaining).output()).isEqualTo("0\n");
    }

    private static LayerTar setuidBusybox(String name) {
      try {
        return new LayerTar().file(name, Files.readAllBytes(Path.of("/bin/busybox")), 04755);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    // CVE-2021-3602
    @Test
    void nothingOfTheHostsEnvironmentIsThere() {
      Outcome outcome = steps.run(StepOrder.program("/bin/env"));
      assertThat(outcome.output().lines()).containsExactly("PATH=/bin", "HOME=/root");
    }

    // CVE-2019-5736
    @Test
    void noProgramOfTheHostCanBeOpened() {
      Outcome outcome =
          shell(
              "for p in /proc/[0-9]*; do [ $p = /proc/$$ ] || : >>$p/exe && echo open; done;"
                  + " readlink /proc/1/exe; readlink /proc/1/root; ls /proc/1/root/ /proc/1/cwd/");
      assertThat(outcome.output())
          .doesNotContain("open\n")
          .doesNotContain("/usr/bin")
          .contains("denied");
    }

    // CVE-2026-41579
    @Test
    void aDeviceDirectoryThatIsALinkIsRefused() {
      Path host = steps.hostFolder("dev-target");
      for (String target : List.of(host.toString(), "/../../../../.." + host, "etc")) {
        LayerTar layer = new LayerTar().symlink("dev", target);
        Outcome outcome = steps.run(StepOrder.shell("echo x >/dev/null").on(layer));
        assertThat(outcome.error()).contains("'/dev' of the root filesystem is no directory");
      }
      assertUntouched(host);
    }

    // CVE-2019-16884, CVE-2023-27561
    @Test
    void kernelDirectoriesThatAreLinksAreRefused() {
      Path host = steps.hostFolder("proc-target");
      for (String name : List.of("proc", "sys")) {
        LayerTar layer = new LayerTar().symlink(name, host.toString());
        Outcome outcome = steps.run(StepOrder.shell("true").on(layer));
        assertThat(outcome.error()).contains("'/" + name + "' of the root filesystem");
      }
      assertUntouched(host);
    }

    // CVE-2025-31133, CVE-2025-52565
    @Test
    void devicesThatAreLinksInTheImageAreNotFollowed() {
      LayerTar layer =
          new LayerTar()
              .file("etc/victim", "safe")
              .directory("dev")
              .symlink("dev/null", "/etc/victim")
              .symlink("dev/console", "/etc/victim")
              .symlink("dev/pts", "/etc");
      Outcome outcome =
          steps.run(StepOrder.shell("echo gone >/dev/null; cat /etc/victim").on(layer));
      assertThat(outcome.output()).isEqualTo("safe");
    }

    // CVE-2021-30465, CVE-2019-19921
    @Test
    void mountTargetsThatAreLinksStayInTheRoot() {
      Path host = steps.hostFolder("mount-target");
      LayerTar layer =
          new LayerTar()
              .symlink("absolute", host.toString())
              .symlink("climbing", "../../../../../.." + host)
              .symlink("nested", "/absolute");
      LayerTar source = new LayerTar().file("planted", "x");
      for (String target : List.of("/absolute", "/climbing/below", "/nested/a/b")) {
        StepOrder order =
            StepOrder.shell("ls " + target).on(layer).with(Mount.bind(target, source, ""));
        assertThat(steps.run(order).output()).as(target).isEqualTo("planted\n");
      }
      assertUntouched(host);
    }

    // CVE-2024-23652
    @Test
    void cleaningUpAfterAStepFollowsNoLinkOfIts() {
      Path host = steps.hostFolder("cleanup-target");
      String command = "mv /a /b; ln -s " + host + " /a; ls /b";
      StepOrder order =
          StepOrder.shell(command).with(Mount.secret("/a/precious", new byte[1], 0400, 0, 0));
      Outcome outcome = steps.run(order);
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.changes())
          .containsExactly("put /a symlink 777 0:0", "put /b directory 755 0:0");
      assertUntouched(host);
    }

    // CVE-2024-1753
    @Test
    void theSourceOfABindIsLookedForInItsOwnRoot() {
      LayerTar source =
          new LayerTar()
              .file("mark", "mine")
              .symlink("root", "/")
              .symlink("climbing", "../../../../../..")
              .symlink("host", "/etc");
      for (String link : List.of("/root", "/climbing", "root/root")) {
        StepOrder order = StepOrder.shell("cat /m/mark").with(Mount.bind("/m", source, link));
        assertThat(steps.run(order).output()).as(link).isEqualTo("mine");
      }
      StepOrder missing = StepOrder.shell("ls /m").with(Mount.bind("/m", source, "/host"));
      assertThat(steps.run(missing).error()).contains("not found in the mount's source");
    }

    // CVE-2025-4953
    @Test
    void whatIsWrittenToABindIsThrownAway() {
      LayerTar source = new LayerTar().file("f", "old");
      StepOrder order =
          StepOrder.shell("echo new >/m/f; echo x >/m/g; cat /m/f")
              .with(Mount.writableBind("/m", source, ""));
      Outcome outcome = steps.run(order);
      assertThat(outcome.output()).isEqualTo("new\n");
      assertThat(outcome.changes()).isEmpty();
      StepOrder again =
          StepOrder.shell("cat /m/f; echo x >/m/f").with(Mount.bind("/m", source, ""));
      assertThat(steps.run(again).output()).contains("old").contains("Read-only file system");
    }

    // CVE-2024-9675, CVE-2024-23651
    @Test
    void aPartOfACacheStaysInTheCache() {
      Path host = steps.hostFolder("cache-target");
      StepOrder planting =
          StepOrder.shell("ln -s / /c/a; ln -s " + host + " /c/b; echo kept >/c/f")
              .with(Mount.cache("/c", "cache-escape", ""));
      assertThat(steps.run(planting).exitCode()).isZero();
      StepOrder root = StepOrder.shell("ls /c").with(Mount.cache("/c", "cache-escape", "a"));
      assertThat(steps.run(root).output().lines()).containsExactly("a", "b", "f");
      StepOrder folder = StepOrder.shell("ls /c").with(Mount.cache("/c", "cache-escape", "b"));
      assertThat(steps.run(folder).output()).doesNotContain("precious");
      StepOrder climbing =
          StepOrder.shell("ls /c").with(Mount.cache("/c", "cache-escape", "../.."));
      assertThat(steps.run(climbing).output().lines()).containsExactly("a", "b", "f");
      assertUntouched(host);
    }

    // CVE-2023-25809
    @Test
    void controlGroupsAndKernelSettingsAreReadOnly() {
      Outcome outcome =
          shell(
              "mkdir /sys/fs/cgroup/x; find /sys/fs/cgroup -maxdepth 1 -type d"
                  + " -exec mkdir {}/x ';'; echo x >/proc/sys/kernel/core_pattern;"
                  + " echo x >/proc/sysrq-trigger; echo 1 >/sys/kernel/mm/ksm/run");
      assertThat(outcome.output().lines()).isNotEmpty();
      assertThat(outcome.output().lines())
          .allMatch(line -> line.contains("Read-only") || line.contains("nonexistent"));
    }

    @Test
    void mountsNamespacesAndTracesOfTheHostAreOutOfReach() {
      for (String command :
          List.of(
              "mount -t tmpfs x /tmp",
              "mount --bind / /tmp",
              "mount -o remount,rw /proc/sys",
              "umount /proc/kcore",
              "umount /etc/hosts",
              "unshare -m true",
              "unshare -U true",
              "unshare -p true",
              "nsenter -t 1 -m true",
              "pivot_root / /tmp",
              "swapoff -a",
              "reboot -f",
              "insmod /x",
              "dmesg")) {
        Outcome outcome = shell(command);
        assertThat(outcome.exitCode()).as(command + ": " + outcome.output()).isNotZero();
      }
    }

    @Test
    void hiddenFilesOfTheKernelAreEmpty() {
      Outcome outcome =
          shell(
              "cat /proc/keys /proc/timer_list /proc/kcore /proc/interrupts 2>/dev/null | wc -c;"
                  + " ls /sys/firmware | wc -l");
      assertThat(outcome.output()).isEqualTo("0\n0\n");
    }

    // CVE-2022-2990, CVE-2022-36109
    @Test
    void groupsAreExactlyThoseAskedFor() {
      StepOrder order = StepOrder.shell("id -u; id -g; id -G").as(1000, 1001, 7, 8);
      assertThat(steps.run(order).output()).isEqualTo("1000\n1001\n1001 7 8\n");
      assertThat(shell("grep Groups /proc/self/status").output().strip()).isEqualTo("Groups:");
    }

    @Test
    void aSecretIsInNoLayerAndOnNoDisk() throws IOException {
      byte[] secret = "correct horse battery staple".getBytes(StandardCharsets.UTF_8);
      StepOrder order =
          StepOrder.shell("stat -c %a:%u:%g /run/secrets/s; cat /run/secrets/s; mount | grep s/s")
              .with(Mount.secret("/run/secrets/s", secret, 0400, 5, 6));
      Outcome outcome = steps.run(order);
      assertThat(outcome.output()).startsWith("400:5:6\ncorrect horse").contains("tmpfs");
      assertThat(outcome.changes()).isEmpty();
      try (Stream<Path> files = Files.walk(Path.of(outcome.upper()).getParent())) {
        assertThat(files.filter(Files::isReadable).filter(Files::isRegularFile))
            .noneMatch(file -> contains(file, secret));
      }
    }

    private static boolean contains(Path file, byte[] text) {
      try {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .contains(new String(text, StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        return false;
      }
    }

    @Test
    void nothingIsMountedWhereTheBuilderIs() throws IOException {
      String before = Files.readString(Path.of("/proc/self/mounts"));
      assertThat(shell("true").exitCode()).isZero();
      assertThat(Files.readString(Path.of("/proc/self/mounts"))).isEqualTo(before);
    }

    @Test
    void whatAStepLeavesRunningEndsWithIt() {
      long start = System.nanoTime();
      Outcome outcome = shell("(sleep 99; touch /late) & nohup sleep 99 & echo done");
      assertThat(outcome.output()).contains("done");
      assertThat(outcome.changes()).isEmpty();
      assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void aKilledStepEndsWithAllItStarted() {
      long start = System.nanoTime();
      StepOrder order = StepOrder.shell("sleep 99 & trap '' TERM INT; sleep 99").killedAfter(300);
      assertThat(steps.run(order).exitCode()).isEqualTo(137);
      assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void aStepWithoutNetworkHasTheLoopbackOnly() {
      StepOrder order =
          StepOrder.shell(
                  "tail -n +3 /proc/net/dev | cut -d: -f1; ping -c1 127.0.0.1 | grep -c ttl")
              .withoutNetwork();
      assertThat(steps.run(order).output()).isEqualTo("    lo\n1\n");
    }

    @Test
    void aLayerCannotWriteOutsideItsDirectory() {
      Path host = steps.hostFolder("layer-target");
      List<LayerTar> layers =
          List.of(
              new LayerTar().symlink("d", host.toString()).file("d/precious", "gone"),
              new LayerTar().symlink("d", "../../../../../.." + host).file("d/precious", "gone"),
              new LayerTar().link("h", host + "/precious").file("h", "gone"));
      for (LayerTar layer : layers) {
        steps.run(StepOrder.shell("true").on(layer)); // refused or kept inside
        assertUntouched(host);
      }
    }

    @Test
    void attributesThatMeanSomethingToAnOverlayAreNotTakenFromALayer() {
      LayerTar layer =
          new LayerTar()
              .directory("secret")
              .file(
                  "f",
                  "x",
                  Map.of("trusted.overlay.redirect", "/secret", "user.overlay.opaque", "y"));
      Outcome outcome = steps.run(StepOrder.shell("cat /f").on(layer));
      assertThat(outcome.output()).isEqualTo("x");
    }

    @Test
    void theDeviceThatMarksDeletionsIsRefusedInALayer() {
      Outcome outcome = steps.run(StepOrder.shell("true").on(new LayerTar().device("bin", 0, 0)));
      assertThat(outcome.started()).isFalse();
    }

    private static void assertUntouched(Path host) {
      try (Stream<Path> files = Files.list(host)) {
        assertThat(files).containsExactly(host.resolve("precious"));
        assertThat(host.resolve("precious")).hasContent("untouched");
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
