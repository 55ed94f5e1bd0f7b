package dev.slipway.cli.analyze;

import dev.slipway.cli.progress.ConsoleText;
import dev.slipway.inspect.start.BaseAdvice;
import dev.slipway.inspect.start.RuntimeNeeds;
import dev.slipway.inspect.start.StartFinding;
import dev.slipway.inspect.start.StartReport;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.ImageConfig;
import java.util.ArrayList;
import java.util.List;

/** For people: whether the command of an image can be started, and on which bases. */
public final class StartText {
  private static final String INDENT = "            ";

  private StartText() {}

  /** Ends with a line break; empty for an image without a command. */
  public static String of(ImageConfig config, StartReport report) {
    ContainerConfig container = config.config();
    List<String> command = new ArrayList<>(container.entrypoint());
    command.addAll(container.cmd());
    if (command.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\nstart       ");
    text.append(ConsoleText.clean(String.join(" ", command)));
    text.append(report.starts() ? " can be started\n" : " cannot be started\n");
    for (StartFinding finding : report.findings()) {
      text.append(INDENT).append(finding.certain() ? "" : "perhaps: ");
      text.append(ConsoleText.clean(finding.message())).append('\n');
      if (finding.advice() != null) {
        text.append(INDENT).append("hint: ").append(ConsoleText.clean(finding.advice()));
        text.append('\n');
      }
    }
    RuntimeNeeds needs = report.needs();
    if (needs != null) {
      text.append("needs       ").append(ConsoleText.clean(needs.describe())).append('\n');
      String heading = "base        smallest: ";
      for (BaseAdvice advice : BaseAdvice.of(needs)) {
        text.append(heading).append(ConsoleText.clean(advice.describe())).append('\n');
        heading = INDENT + "or ";
      }
    }
    return text.toString();
  }
}
