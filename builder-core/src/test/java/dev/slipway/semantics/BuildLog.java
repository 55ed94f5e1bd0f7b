package dev.slipway.semantics;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskFinished;
import dev.slipway.progress.BuildEvent.TaskId;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.BuildEvent.TaskOutput;
import dev.slipway.progress.BuildEvent.TaskStarted;
import dev.slipway.progress.BuildEvent.Warning;
import dev.slipway.progress.BuildListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a build told while it ran. Thread-safe. */
public final class BuildLog implements BuildListener {
  private final Map<TaskId, String> steps = new LinkedHashMap<>();
  private final Map<TaskId, Outcome> outcomes = new LinkedHashMap<>();
  private final List<String> details = new ArrayList<>();
  private final List<Diagnostic> warnings = new ArrayList<>();
  private final StringBuilder output = new StringBuilder();

  @Override
  public synchronized void on(BuildEvent event) {
    if (event instanceof TaskStarted started && started.kind() == TaskKind.STEP) {
      steps.put(started.task(), started.title());
    } else if (event instanceof TaskFinished finished) {
      outcomes.put(finished.task(), finished.outcome());
      if (steps.containsKey(finished.task()) && finished.detail() != null) {
        details.add(finished.detail());
      }
    } else if (event instanceof TaskOutput printed) {
      output.append(new String(printed.bytes(), 0, printed.length(), StandardCharsets.UTF_8));
    } else if (event instanceof Warning warning) {
      warnings.add(warning.diagnostic());
    }
  }

  /** The warnings, in the order told. */
  public synchronized List<Diagnostic> warnings() {
    return List.copyOf(warnings);
  }

  /** Whatever steps printed. */
  public synchronized String output() {
    return output.toString();
  }

  /** The titles of the steps that were done, not found. */
  public synchronized List<String> done() {
    return withOutcome(Outcome.DONE);
  }

  /** The titles of the steps whose result was there. */
  public synchronized List<String> cached() {
    return withOutcome(Outcome.CACHED);
  }

  /**
   * The titles of the steps that were stopped, or never came to anything, through no fault of
   * theirs.
   */
  public synchronized List<String> cancelled() {
    return withOutcome(Outcome.CANCELLED);
  }

  /** What was said of steps as they ended. */
  public synchronized List<String> details() {
    return List.copyOf(details);
  }

  private List<String> withOutcome(Outcome outcome) {
    List<String> titles = new ArrayList<>();
    steps.forEach(
        (task, title) -> {
          if (outcomes.get(task) == outcome) {
            titles.add(title);
          }
        });
    return titles;
  }
}
