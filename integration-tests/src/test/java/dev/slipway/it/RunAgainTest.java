package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.semantics.BuiltImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command that has to run again, and what follows it. */
class RunAgainTest extends RunTest {
  private static final String DOCKERFILE =
      """
      FROM busybox
      RUN --mount=type=bind,target=/src sh -eu /src/command
      RUN head -c 16 /dev/urandom > /random
      """;

  @Test
  void whatFollowsAnEqualResultIsNotDoneAgain() {
    BuiltImage one = buildWith("mkdir /d; echo 1 > /d/f; ln /d/f /d/g; ln -s f /d/l");
    file("unread", "this changes the context, and so what the first command could have read");
    BuiltImage two = build(DOCKERFILE);
    assertThat(two.log().done()).hasSize(1);
    assertThat(two.log().cached()).containsExactly("RUN head -c 16 /dev/urandom > /random");
    assertThat(two.digest()).isEqualTo(one.digest());
    assertThat(build(DOCKERFILE).log().done()).as("the second definition is known too").isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo 1 > /f              | echo 2 > /f",
        "echo 1 > /f              | echo 12 > /f",
        "echo 1 > /f              | echo 1 > /f; chmod 600 /f",
        "echo 1 > /f              | echo 1 > /f; chown 5:6 /f",
        "echo 1 > /f              | echo 1 > /g",
        "echo 1 > /f              | mkdir /f",
        "echo 1 > /f; ln /f /g    | echo 1 > /f; echo 1 > /g",
        "ln -s a /f               | ln -s b /f",
        "echo 1 > /f; ln /f /g; echo 1 > /h; ln /h /i | echo 1 > /f; ln /f /h; echo 1 > /g; ln /g /i",
      })
  void whatFollowsAnotherResultIsDoneAgain(String before, String now) {
    buildWith(before);
    assertThat(buildWith(now).log().done()).hasSize(2);
  }

  @Test
  void itIsToldWhyAStepIsDoneAgain() {
    file("f", "1");
    String dockerfile =
        """
        FROM busybox
        ARG V=1
        COPY f /f
        RUN echo $V > /v
        RUN true
        """;
    assertThat(build(dockerfile).log().details()).as("nothing was done before").isEmpty();
    file("f", "2");
    assertThat(build(dockerfile).log().details())
        .containsExactly("done again: the files that it reads changed");
    assertThat(build(dockerfile, request -> request.buildArg("V", "2")).log().details())
        .containsExactly("done again: V changed", "done again: V changed");
    String other = dockerfile.replace("true", "echo");
    assertThat(build(other, request -> request.buildArg("V", "2")).log().details())
        .containsExactly("done again: the command changed");
    assertThat(build(dockerfile, request -> request.noCache(true)).log().details()).isEmpty();
  }

  @Test
  void itIsToldThatAPatternStandsForMoreThanBefore() {
    file("f1", "1");
    String dockerfile = "FROM scratch\nCOPY f* /d/\n";
    build(dockerfile);
    file("f2", "2");
    assertThat(build(dockerfile).log().details())
        .containsExactly("done again: the files that it reads changed; a source is several now");
  }

  /** A stage that is run again whenever {@code input} changes, and makes the same. */
  private static final String STAGE =
      """
      FROM busybox AS made
      COPY input /input
      RUN mkdir -p /d/e; echo same > /d/e/f; ln -s e /d/l; cat /input > /other
      FROM busybox
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mount=type=bind,from=made,source=/d,target=/m       | cat /m/e/f",
        "--mount=type=bind,from=made,source=/d/l,target=/m     | cat /m/f",
        "--mount=type=bind,from=made,source=/d/e/f,target=/m   | cat /m",
        "--mount=type=bind,from=made,source=/d,target=/m,rw    | touch /m/g",
        "--mount=type=cache,from=made,source=/d,target=/m      | cat /m/e/f",
      })
  void aMountIsKnownByWhatItShows(String mount, String command) {
    String dockerfile = STAGE + "RUN " + mount + " " + command + "; head -c 16 /dev/urandom > /r";
    file("input", "1");
    BuiltImage one = build(dockerfile);
    file("input", "2");
    BuiltImage two = build(dockerfile);
    assertThat(two.log().done()).as("the stage only").hasSize(2);
    assertThat(two.digest()).isEqualTo(one.digest());
    assertThat(build(dockerfile).log().done()).isEmpty();
    BuiltImage three = build(dockerfile.replace("echo same", "echo other"));
    assertThat(three.digest()).as("what is mounted changed").isNotEqualTo(one.digest());
  }

  @Test
  void aWholeStageIsKnownByWhatItHolds() {
    String dockerfile =
        """
        FROM busybox AS made
        RUN rm /bin/vi; echo same > /f
        FROM busybox
        RUN --mount=from=made,target=/m cat /m/f; head -c 16 /dev/urandom > /r
        """;
    BuiltImage one = build(dockerfile);
    BuiltImage two = build(dockerfile.replace("echo same", "echo  same"));
    assertThat(two.log().done()).as("the stage only").hasSize(1);
    assertThat(two.digest()).isEqualTo(one.digest());
    BuiltImage three = build(dockerfile.replace("rm /bin/vi", "rm /bin/wc"));
    assertThat(three.log().done()).as("another file is gone").hasSize(2);
  }

  @Test
  void aCacheStartsAgainOnlyWhereItsSourceChanged() {
    String dockerfile =
        STAGE
            + "RUN --mount=type=cache,from=made,source=/d,target=/m echo x >> /m/n; wc -l < /m/n > /n";
    file("input", "1");
    assertThat(build(dockerfile).text("/n")).isEqualTo("1\n");
    file("input", "2");
    assertThat(build(dockerfile + " # again").text("/n")).isEqualTo("2\n");
    assertThat(build(dockerfile.replace("echo same", "echo other")).text("/n")).isEqualTo("1\n");
  }

  private BuiltImage buildWith(String command) {
    file("command", command);
    return build(DOCKERFILE);
  }
}
