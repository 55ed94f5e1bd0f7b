package dev.slipway.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainViewTest {
  private final Script script = new Script();
  private final PlainView view = new PlainView(script.stream(), script::nanos);

  @Test
  void everyLineBeginsWithItsTasksNumber() {
    view.on(Script.started(7, TaskKind.STEP, "builder", 2, 5, "RUN make"));
    script.pass(123);
    view.on(Script.printed(7, "cc -o a"));
    view.on(Script.printed(7, " a.c\nld\n"));
    script.pass(277);
    view.on(Script.finished(7, Outcome.DONE, null));
    assertThat(script.text())
        .isEqualTo(
            """
            #1 [builder 2/5] RUN make
            #1 0.123 cc -o a a.c
            #1 0.123 ld
            #1 DONE 0.4s

            """);
  }

  @Test
  void tasksThatInterleaveAreToldApart() {
    view.on(Script.started(1, TaskKind.STEP, "a", 1, 1, "RUN a"));
    view.on(Script.started(2, TaskKind.STEP, "b", 1, 1, "RUN b"));
    view.on(Script.printed(1, "x\n"));
    view.on(Script.printed(2, "y\n"));
    view.on(Script.finished(2, Outcome.CACHED, null));
    view.on(Script.finished(1, Outcome.FAILED, "exit code 2"));
    assertThat(script.text())
        .isEqualTo(
            """
            #1 [a 1/1] RUN a
            #2 [b 1/1] RUN b
            #1 0.000 x
            #2 0.000 y
            #2 CACHED

            #1 ERROR: exit code 2

            """);
    assertThat(view.failures()).containsExactly(new FailedTask("[a 1/1] RUN a", List.of("x")));
  }

  @Test
  void whyATaskFailedNeitherActsUponTheTerminalNorLooksLikeAnotherTask() {
    view.on(Script.started(1, TaskKind.STEP, "", 0, 0, "COPY a\u001b[2J /"));
    view.on(Script.finished(1, Outcome.FAILED, "\"a\u001b[2J\n#2 DONE\" not found"));
    assertThat(script.text())
        .isEqualTo("#1 COPY a /\n#1 ERROR: \"a␛[2J\n#1 #2 DONE\" not found\n\n");
  }

  @Test
  void aLastLineWithoutAnEndIsNotLost() {
    view.on(Script.started(1, TaskKind.STEP, "", 0, 0, "RUN printf x"));
    view.on(Script.printed(1, "x"));
    view.on(Script.finished(1, Outcome.DONE, null));
    assertThat(script.text()).contains("#1 0.000 x\n#1 DONE 0.0s");
  }

  @Test
  void onlyTheLastLinesOfAFailureAreKept() {
    view.on(Script.started(1, TaskKind.STEP, "", 0, 0, "RUN seq"));
    for (int i = 1; i <= 100; i++) {
      view.on(Script.printed(1, i + "\n"));
    }
    view.on(Script.finished(1, Outcome.FAILED, null));
    assertThat(view.failures().get(0).lastLines()).hasSize(20).startsWith("81").endsWith("100");
  }
}
