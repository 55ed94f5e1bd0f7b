package dev.slipway.cli;

import dev.slipway.cli.build.CacheOptions;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.OptionTable;
import dev.slipway.cli.options.UsageException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.SandboxReport;
import dev.slipway.sandbox.SandboxReport.Finding;
import dev.slipway.store.Store;
import dev.slipway.worker.SandboxProbe;
import dev.slipway.worker.WorkerSettings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code slipway doctor}. */
final class DoctorCommand implements Command {
  private static final String GROUP = "Options";

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public String summary() {
    return "tell what this machine can do for RUN steps, and what to change";
  }

  @Override
  public OptionTable options() {
    List<Option> options = new ArrayList<>(CacheOptions.location(GROUP));
    options.add(
        Option.single("sandbox", (char) 0, "KIND", GROUP, "look at this kind of isolation only"));
    return new OptionTable(options);
  }

  @Override
  public int run(Arguments arguments, Surroundings surroundings) {
    String label = arguments.last("sandbox", SandboxKind.AUTO.label());
    SandboxKind kind = SandboxKind.of(label);
    if (kind == null) {
      throw new UsageException("no sandbox is called \"" + label + "\"");
    }
    PrintStream out = surroundings.streams().out();
    out.println(Version.LINE + " on Java " + surroundings.javaVersion());
    SandboxReport report;
    try (Store store =
        Store.open(surroundings.cacheDirectory(arguments), surroundings.clocks().wall())) {
      out.println("store: " + store.directory());
      report =
          SandboxProbe.probe(
              new WorkerSettings(
                  surroundings.workerJvm(),
                  store.workerDirectory(),
                  kind,
                  surroundings.searchPath()));
    }
    for (Finding finding : report.findings()) {
      out.println(line(finding));
      if (finding.advice() != null) {
        out.println("         hint: " + finding.advice());
      }
    }
    out.println(report.canRun() ? "RUN steps work here" : "RUN steps do not work here");
    return report.canRun() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String line(Finding finding) {
    String level =
        switch (finding.level()) {
          case OK -> "ok       ";
          case LIMITED -> "limited  ";
          case MISSING -> "missing  ";
        };
    return level + finding.subject() + ": " + finding.found();
  }
}
