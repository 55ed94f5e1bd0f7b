package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.it.StepOrder.Mount;
import dev.slipway.it.StepOrder.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a step must not reach, staged as the attacks that the field's advisories describe. The names
 * in comments are those of the advisories.
 */
@ParameterizedClass
@EnumSource(names = {"ROOT", "ORDINARY_USER"})
class SandboxIsolationTest extends StepsTests {

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
  void noDeviceCanBeOpenedButThoseThatAreShown() {
    LayerTar layer = new LayerTar().device("of-the-image", 1, 5);
    String command =
        "mkdir /dev/d; for n in /made /t/made /c/made /b/made /dev/made /dev/d/made /dev/t/made;"
            + " do mknod $n c 1 5; done; for n in /dev/zero $(find / -name of-the-image)"
            + " $(find / -name made); do [ -c $n ] && (: <$n) && echo opened $n; done; true";
    StepOrder order =
        StepOrder.shell(command)
            .on(layer)
            .with(Mount.tmpfs("/t", 0))
            .with(Mount.cache("/c", "devices", ""))
            .with(Mount.writableBind("/b", new LayerTar().device("of-the-image", 1, 5), ""))
            .with(Mount.tmpfs("/dev/t", 0));
    assertThat(steps.run(order).output().lines())
        .filteredOn(line -> line.startsWith("opened"))
        .containsExactly("opened /dev/zero");
  }

  @Test
  void aStepThatIsTrustedMayOpenDevices() {
    assumeTrue(who == Steps.Who.ROOT, "an ordinary user can make no device");
    StepOrder order = StepOrder.shell("mknod /made c 1 5; head -c1 /made | wc -c").insecure();
    assertThat(steps.run(order).output()).isEqualTo("1\n");
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
  void aStepWithoutNetworkHasTheLoopbackOnly() {
    StepOrder order =
        StepOrder.shell("tail -n +3 /proc/net/dev | cut -d: -f1; ping -c1 127.0.0.1 | grep -c ttl")
            .withoutNetwork();
    assertThat(steps.run(order).output()).isEqualTo("    lo\n1\n");
  }
}
