package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.StepOrder.Mount;
import dev.slipway.it.StepOrder.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What every driver of the sandbox does alike, for root and an ordinary user. */
class SandboxDriversTest {
  private static final Map<String, Consumer<Steps>> CONTRACT = new LinkedHashMap<>();

  static {
    CONTRACT.put("output and exit code come back", SandboxDriversTest::outputAndExitCode);
    CONTRACT.put("a program that is missing is named", SandboxDriversTest::missingProgram);
    CONTRACT.put("a working directory is entered", SandboxDriversTest::workingDirectory);
    CONTRACT.put("another user runs as himself", SandboxDriversTest::anotherUser);
    CONTRACT.put("changes are told", SandboxDriversTest::changes);
    CONTRACT.put("mounts are there", SandboxDriversTest::mounts);
    CONTRACT.put("the host is out of reach", SandboxDriversTest::isolation);
    CONTRACT.put("a killed step ends", SandboxDriversTest::killed);
    CONTRACT.put("no network is none", SandboxDriversTest::network);
  }

  @TestFactory
  Stream<DynamicNode> drivers() {
    List<DynamicNode> nodes = new ArrayList<>();
    for (Steps.Who who : List.of(Steps.Who.ROOT, Steps.Who.ORDINARY_USER)) {
      for (String driver : List.of("namespaces", "runc", "crun", "bubblewrap")) {
        nodes.add(container(who, driver));
      }
    }
    return nodes.stream();
  }

  private static DynamicNode container(Steps.Who who, String driver) {
    Steps[] steps = new Steps[1];
    DynamicTest first = test("works here", () -> steps[0] = Steps.as(who, driver).assumeWorking());
    // looked at when the first has ended: a driver that does not work here is skipped by one name
    Stream<DynamicNode> others = Stream.of(steps).flatMap(working -> contract(driver, steps[0]));
    return DynamicContainer.dynamicContainer(
        driver + " as " + who, Stream.concat(Stream.of(first), others));
  }

  private static Stream<DynamicNode> contract(String driver, Steps steps) {
    if (steps == null) {
      return Stream.empty();
    }
    List<DynamicNode> tests = new ArrayList<>();
    CONTRACT.forEach((name, check) -> tests.add(test(name, () -> check.accept(steps))));
    if (!driver.equals("bubblewrap")) {
      tests.add(test("/sys is of no network", () -> interfaces(steps)));
    }
    tests.add(test("ends", steps::close));
    return tests.stream();
  }

  private static DynamicTest test(String name, Executable check) {
    return DynamicTest.dynamicTest(name, check);
  }

  private static void outputAndExitCode(Steps steps) {
    Outcome outcome = steps.run(StepOrder.shell("echo out; echo error >&2; exit 7"));
    assertThat(outcome.output()).contains("out\n").contains("error\n");
    assertThat(outcome.exitCode()).isEqualTo(7);
    Outcome words = steps.run(StepOrder.program("echo", "a  b", "$c"));
    assertThat(words.output()).isEqualTo("a  b $c\n");
  }

  private static void missingProgram(Steps steps) {
    assertThat(steps.run(StepOrder.program("nosuch")).error())
        .isEqualTo("'nosuch' not found in PATH '/bin'");
    assertThat(steps.run(StepOrder.program("/no/such")).error())
        .isEqualTo("'/no/such' not found in the root filesystem");
    assertThat(steps.run(StepOrder.program("/etc/passwd")).error())
        .isEqualTo("cannot execute '/etc/passwd': permission denied");
  }

  private static void workingDirectory(Steps steps) {
    assertThat(steps.run(StepOrder.shell("pwd").in("/etc")).output()).isEqualTo("/etc\n");
    Outcome made = steps.run(StepOrder.shell("pwd").in("/no/where"));
    assertThat(made.output()).isEqualTo("/no/where\n");
    assertThat(made.changes())
        .containsExactly("put /no directory 755 0:0", "put /no/where directory 755 0:0");
    assertThat(steps.run(StepOrder.shell("pwd").in("/etc/passwd")).error())
        .contains("cannot enter the working directory '/etc/passwd'");
  }

  private static void anotherUser(Steps steps) {
    Outcome outcome =
        steps.run(StepOrder.shell("id -u; id -g; echo x >/tmp/f; echo x >/etc/f").as(1000, 1001));
    assertThat(outcome.output()).startsWith("1000\n1001\n").contains("ermission denied");
    StepOrder printing = StepOrder.shell("echo out >/dev/stdout; echo error >/dev/stderr");
    assertThat(steps.run(printing.as(1000, 1001)).output()).contains("out\n").contains("error\n");
  }

  private static void changes(Steps steps) {
    Outcome outcome = steps.run(StepOrder.shell("echo x >/etc/f; rm /etc/passwd"));
    assertThat(outcome.changes())
        .containsExactly(
            "put /etc directory 755 0:0", "put /etc/f file 644 0:0", "whiteout /etc/passwd");
  }

  private static void mounts(Steps steps) {
    StepOrder order =
        StepOrder.shell("cat /b/f /run/secrets/s; echo x >/c/f; ls /t; stat -c %a /c; df /dev/shm")
            .with(Mount.bind("/b", new LayerTar().file("f", "bound"), ""))
            .with(Mount.cache("/c", "of-a-driver", ""))
            .with(Mount.tmpfs("/t", 1 << 20))
            .with(Mount.tmpfs("/dev/shm", 3 << 20))
            .with(Mount.secret("/run/secrets/s", "hush".getBytes(), 0400, 0, 0));
    Outcome outcome = steps.run(order);
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    assertThat(outcome.output()).startsWith("boundhush755\n").contains(" 3072 ");
    assertThat(outcome.changes()).isEmpty();
  }

  private static void isolation(Steps steps) {
    Outcome outcome =
        steps.run(
            StepOrder.shell(
                "env; grep -E 'CapEff|Seccomp:' /proc/self/status; mount -t tmpfs x /tmp;"
                    + " echo x >/proc/sys/kernel/core_pattern;"
                    + " [ $(ls /proc | grep -c '^[0-9]') -lt 8 ] && echo alone;"
                    + " mknod /disk b 7 0; (: </disk) && echo opened a disk; true"));
    assertThat(outcome.output())
        .contains("CapEff:\t00000000a80425fb\nSeccomp:\t2\n")
        .contains("denied")
        .contains("Read-only")
        .contains("alone")
        .doesNotContain("LC_ALL")
        .doesNotContain("opened a disk");
  }

  private static void killed(Steps steps) {
    long start = System.nanoTime();
    StepOrder order = StepOrder.shell("sleep 99 & sleep 99").killedAfter(1500);
    assertThat(steps.run(order).exitCode()).isEqualTo(137);
    assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
  }

  private static void network(Steps steps) {
    StepOrder order = StepOrder.shell("tail -n +3 /proc/net/dev | cut -d: -f1").withoutNetwork();
    assertThat(steps.run(order).output()).isEqualTo("    lo\n");
  }

  private static void interfaces(Steps steps) {
    String command = "exec 2>&1; ls /sys/class/net; ls -d /sys/fs/cgroup/*; touch /sys/kernel/x";
    assertThat(steps.run(StepOrder.shell(command).withoutNetwork()).output())
        .startsWith("lo\n/sys/fs/cgroup/")
        .contains("Read-only");
  }
}
