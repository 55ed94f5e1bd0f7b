package dev.slipway.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of Dockerfiles that parse and cannot be planned. */
class ResolveErrorsTest {
  private final Plans plans = new Plans();

  @Test
  void anImageThatIsNotThereIsNamedAtItsLine() {
    assertThat(plans.failure("FROM scratch AS build\nFROM biuld\n"))
        .isEqualTo(
            """
            Dockerfile:2:6: error: biuld: not found
            FROM biuld
                 ^^^^^
            hint: did you mean 'build'?""");
  }

  @Test
  void aStageWithoutANameIsNotOfferedAsATarget() {
    assertThat(plans.target("no").failure("FROM scratch AS build\nFROM scratch\n"))
        .isEqualTo("error: target stage 'no' could not be found\nhint: its stages are build");
    assertThat(plans.target("no").failure("FROM scratch\n"))
        .endsWith("\nhint: no stage has a name: FROM image AS no");
  }

  @Test
  void aPathForWindowsIsOnTheSystemDrive() {
    Plans windows = plans.platform(Platform.parse("windows/amd64", Plans.AMD64));
    assertThat(windows.failure("FROM scratch\nCOPY f D:/x\n"))
        .startsWith("Dockerfile:2:8: error: 'D:/x' is not on the system drive");
    assertThat(windows.failure("FROM scratch\nWORKDIR C:\n"))
        .contains("error: 'C:' is not on the system drive");
    assertThat(windows.failure("FROM scratch\nCOPY f //server/x\n"))
        .startsWith("Dockerfile:2:8: error: '//server/x' is on another machine");
  }

  @Test
  void aLaterStageCannotBeCopiedFrom() {
    assertThat(
            plans.failure(
                "FROM scratch\nCOPY --from=b a /\nFROM scratch AS b\nCOPY --from=0 . .\n"))
        .startsWith("Dockerfile:")
        .contains("error: circular dependency detected on stage");
    assertThat(
            plans.target("a").failure("FROM scratch AS a\nCOPY --from=b x /\nFROM scratch AS b\n"))
        .startsWith("Dockerfile:2:13: error: cannot copy from stage 'b'");
  }

  @Test
  void aStageThatIsOutOfRangeIsNamed() {
    assertThat(plans.failure("FROM scratch\nCOPY --from=7 a /\n"))
        .contains("2:13: error: invalid stage index '7'", "stages count from 0");
  }

  @Test
  void variablesInFromAreRefusedWithTheWorkaround() {
    assertThat(plans.failure("FROM scratch\nARG X=1\nCOPY --from=$X a /\n"))
        .contains(":3:", "variable expansion is not supported for --from, define a new stage");
  }

  @Test
  void anEmptyBaseNameShowsTheWordAsWritten() {
    assertThat(plans.failure("ARG BASE\nFROM ${BASE}\n"))
        .contains("2:6: error: base name (${BASE}) should not be blank");
  }

  @Test
  void wrongPlatformsPortsAndSignalsAreShownAtTheirWord() {
    assertThat(plans.failure("FROM --platform=a/b/c/d scratch\n"))
        .contains("failed to parse platform 'a/b/c/d'");
    assertThat(plans.failure("FROM scratch\nEXPOSE 80 99999\n")).contains("2:11: error:", "99999");
    assertThat(plans.failure("FROM scratch\nSTOPSIGNAL SIGNOPE\n"))
        .contains("2:12: error: invalid signal: 'SIGNOPE'");
  }

  @Test
  void aModeThatIsNoneIsToldBeforeAnythingIsBuilt() {
    assertThat(plans.failure("FROM scratch\nARG M=999\nCOPY --chmod=$M a /\n"))
        .contains("3:14: error: invalid chmod parameter: \"999\"");
    assertThat(plans.failure("FROM scratch\nADD --chmod=10755 a /\n"))
        .contains("2:13: error: invalid chmod parameter: \"10755\"");
  }

  @Test
  void aCommandWithoutWordsIsTold() {
    assertThat(plans.failure("FROM scratch\nRUN []\n"))
        .contains("2:1: error: RUN requires at least one argument");
  }

  @Test
  void aMistypedVariableInFromIsTold() {
    assertThat(plans.failure("FROM --platform=$BULIDPLATFORM scratch\n"))
        .contains("empty platform value from expression $BULIDPLATFORM")
        .endsWith("hint: did you mean $BUILDPLATFORM?");
    assertThat(plans.failure("ARG MY_ARCH=amd64\nFROM --platform=linux/${MYARCH} scratch\n"))
        .contains("failed to parse platform 'linux/${MYARCH}': invalid platform \"linux/\"")
        .endsWith("hint: did you mean $MY_ARCH?");
    assertThat(plans.failure("ARG BASE=scratch\nFROM $BSAE\n"))
        .contains("base name ($BSAE) should not be blank")
        .endsWith("hint: did you mean $BASE?");
  }

  @Test
  @Timeout(60)
  void chainsOfStagesMayBeAsLongAsAFile() {
    int count = 50_000;
    StringBuilder forwards = new StringBuilder();
    StringBuilder backwards = new StringBuilder("FROM scratch AS s0\n");
    for (int i = 1; i < count; i++) {
      forwards.append("FROM scratch AS s").append(i);
      forwards.append("\nCOPY --from=s").append(i + 1).append(" / /\n");
      backwards.append("FROM s").append(i - 1).append(" AS s").append(i).append('\n');
    }
    forwards.append("FROM scratch AS s").append(count).append("\nFROM s1\n");
    assertThat(plans.failure(forwards.toString())).contains("cannot copy from stage 's");
    assertThat(plans.plan(backwards.toString()).stages()).hasSize(count);
  }

  @Test
  void entitlementsHaveToBeAllowed() {
    assertThat(plans.failure("FROM scratch\nRUN --network=host x\n"))
        .contains("network.host is not allowed", "hint: allow it with --allow network.host");
  }
}
