package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.it.StepOrder.Mount;
import dev.slipway.it.StepOrder.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a step's changes are, as read from its overlay or, without mounts, from a copy of its root.
 */
@ParameterizedClass
@EnumSource
class SandboxChangesTest extends StepsTests {

  private Outcome run(String command, LayerTar... layers) {
    StepOrder order = StepOrder.shell(command);
    for (LayerTar layer : layers) {
      order.on(layer);
    }
    Outcome outcome = steps.run(order);
    assertThat(outcome.exitCode()).as(outcome.error() + outcome.output()).isZero();
    return outcome;
  }

  private static LayerTar tree() {
    return new LayerTar()
        .directory("d")
        .file("d/a", "a")
        .file("d/b", "b")
        .directory("d/sub")
        .file("d/sub/c", "c");
  }

  @Test
  void aStepThatChangesNothingHasNoChanges() {
    assertThat(run("cat /d/a; ls -lR /d /etc /bin >/dev/null", tree()).changes()).isEmpty();
  }

  @Test
  void aNewFileComesWithItsParents() {
    assertThat(run("umask 077; mkdir -p /n/m; echo x >/n/m/f; echo y >/d/sub/e", tree()).changes())
        .containsExactly(
            "put /d directory 755 0:0",
            "put /d/sub directory 755 0:0",
            "put /d/sub/e file 600 0:0",
            "put /n directory 700 0:0",
            "put /n/m directory 700 0:0",
            "put /n/m/f file 600 0:0");
  }

  @Test
  void aDeletedFileIsAWhiteout() {
    assertThat(run("rm /d/a", tree()).changes())
        .containsExactly("put /d directory 755 0:0", "whiteout /d/a");
  }

  @Test
  void aDirectoryMadeAgainHidesWhatWasInIt() {
    assertThat(run("rm -r /d; mkdir /d; echo x >/d/new", tree()).changes())
        .containsExactly("opaque /d", "put /d directory 755 0:0", "put /d/new file 644 0:0");
  }

  @Test
  void directoriesMayNestDeep() {
    assertThat(run("mkdir -p /$(printf 'd/%.0s' $(seq 1200))").changes()).hasSize(1200);
  }

  @Test
  void aPathThatNoLayerCanHoldIsRefused() {
    String command = "n=$(printf '%0200d' 0); for i in $(seq 25); do mkdir $n; cd -P $n; done";
    Outcome outcome = steps.run(StepOrder.shell(command));
    assertThat(outcome.error())
        .contains("a path of more than 4096 bytes, which no layer can hold: /000");
  }

  @Test
  void aFileInPlaceOfADirectoryIsAPut() {
    assertThat(run("rm -r /d/sub; echo x >/d/sub", tree()).changes())
        .containsExactly("put /d directory 755 0:0", "put /d/sub file 644 0:0");
  }

  @Test
  void whatIsMadeAndDeletedLeavesNothing() {
    assertThat(run("echo x >/tmp/f; rm /tmp/f; touch -d @1600000000 /tmp", stamped()).changes())
        .isEmpty();
  }

  private static LayerTar stamped() {
    return new LayerTar().directory("tmp");
  }

  @Test
  void aFileOpenedForWritingButNotChangedIsNoChange() {
    assertThat(run(": >>/d/a", tree()).changes()).isEmpty();
  }

  @Test
  void aFileRewrittenWithTheSameBytesHasANewTime() {
    assertThat(run("printf a >/d/a", tree()).changes())
        .containsExactly("put /d directory 755 0:0", "put /d/a file 644 0:0");
  }

  @Test
  void modesOwnersAndLinksAreTold() {
    assertThat(
            run("chmod 4711 /d/a; chown -h 7:8 /d/a; ln -s nowhere /l; mkfifo /p", tree())
                .changes())
        .containsExactly(
            "put /d directory 755 0:0",
            "put /d/a file 711 7:8",
            "put /l symlink 777 0:0",
            "put /p device 644 0:0");
  }

  @Test
  void namesThatAreNotTextSurvive() {
    assertThat(run("touch \"$(printf '/tmp/x\\377y')\"").changes())
        .contains("put /tmp/x\u00ffy file 644 0:0");
  }

  @Test
  void mountPointsThatWereMadeForAStepAreNoChange() {
    StepOrder order =
        StepOrder.shell("echo x >/cache/sub/f; ls /secrets/a /d/sub/m /opt/x/y >/dev/null")
            .on(tree())
            .with(Mount.cache("/cache/sub", "made-for-a-step", ""))
            .with(Mount.secret("/secrets/a/b", new byte[1], 0400, 0, 0))
            .with(Mount.tmpfs("/d/sub/m", 0))
            .with(Mount.tmpfs("/opt/x/y", who.driver().equals("chroot") ? 0 : 1 << 20));
    Outcome outcome = steps.run(order);
    assertThat(outcome.exitCode()).as(outcome.error() + outcome.output()).isZero();
    assertThat(outcome.changes()).isEmpty();
  }

  @Test
  void aFileBesideAMountPointBringsItsParents() {
    StepOrder order =
        StepOrder.shell("echo x >/secrets/mine")
            .with(Mount.secret("/secrets/a", new byte[1], 0400, 0, 0));
    assertThat(steps.run(order).changes())
        .containsExactly("put /secrets directory 755 0:0", "put /secrets/mine file 644 0:0");
  }

  @Test
  void filesOfTheNetworkAreNoChange() {
    assertThat(run("cat /etc/hosts /etc/resolv.conf >/dev/null; echo x >/etc/new").changes())
        .containsExactly("put /etc directory 755 0:0", "put /etc/new file 644 0:0");
  }

  @Test
  void deletionsOfLayersHideWhatIsBelow() {
    LayerTar deleting =
        new LayerTar()
            .directory("d")
            .file("d/.wh.a", "")
            .directory("d/sub")
            .file("d/sub/.wh..wh..opq", "")
            .file("d/sub/new", "n");
    assertThat(run("cd /d; find . -type f | sort", tree(), deleting).output())
        .isEqualTo("./b\n./sub/new\n");
  }

  @Test
  void eachLayerWithAnOpaqueRootHidesAllThatIsBelow() throws IOException {
    byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
    LayerTar one = new LayerTar().file(".wh..wh..opq", "").file("one", "").directory("both");
    LayerTar two =
        new LayerTar()
            .file(".wh..wh..opq", "")
            .directory("both")
            .file("both/two", "")
            .directory("bin")
            .file("bin/sh", busybox, 0755);

    Outcome outcome = run("echo /on* /both/* /bin/*; : >/both/three", one, two);

    assertThat(outcome.output()).isEqualTo("/on* /both/two /bin/sh\n");
    assertThat(outcome.changes())
        .containsExactly("put /both directory 755 0:0", "put /both/three file 644 0:0");
  }

  @Test
  void anOwnerBeyondTheIdsOfTheBuilderSurvivesAChangeOfTheFile() {
    LayerTar layer = new LayerTar().file("f", "x", 0644, 2_000_000);
    assertThat(run("chmod 600 /f", layer).changes())
        .containsExactly("put /f file 600 2000000:2000000");
  }

  @Test
  void aDeviceSurvivesWhoeverBuilds() {
    LayerTar layer = new LayerTar().device("zero", 1, 5);
    assertThat(run("chmod 600 /zero", layer).changes()).containsExactly("put /zero device 600 0:0");
  }

  @Test
  void capabilitiesOfFilesSurvive() {
    String capability = "\u0001\u0000\u0000\u0002\u0000\u0004\u0000\u0000" + "\u0000".repeat(12);
    LayerTar layer =
        new LayerTar()
            .file("f", "x", Map.of("security.capability", capability, "user.note", "kept"));
    Outcome outcome = run("chmod 755 /f", layer);
    assertThat(outcome.changes())
        .containsExactly("put /f file 755 0:0 [security.capability, user.note]");
  }

  @Test
  void aDeviceOfAStepIsToldWhereTheBuilderMayMakeOne() {
    assumeTrue(who != Steps.Who.ORDINARY_USER, "an ordinary user's steps cannot make devices");
    assertThat(run("mknod /n c 1 3").changes()).containsExactly("put /n device 644 0:0");
  }

  @Test
  void moreLayersThanAPageOfOptionsHolds() {
    StepOrder order = StepOrder.shell("cat /f0 /f299; echo x >/new; rm /f7");
    for (int i = 0; i < 300; i++) {
      order.on(new LayerTar().file("f" + i, i + "\n"));
    }
    Outcome outcome = steps.run(order);
    assertThat(outcome.output()).isEqualTo("0\n299\n");
    assertThat(outcome.changes()).containsExactly("whiteout /f7", "put /new file 644 0:0");
  }
}
