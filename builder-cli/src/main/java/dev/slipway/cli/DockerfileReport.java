package dev.slipway.cli;

import dev.slipway.CheckResult;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.VisibleText;
import dev.slipway.lint.LintRule;
import dev.slipway.lint.Outline;
import java.util.ArrayList;
import java.util.List;

/**
 * What is told of a Dockerfile that is not built; every text ends with a line break or is empty.
 */
final class DockerfileReport {
  private DockerfileReport() {}

  /** How much was found, then each finding with its place. */
  static String check(CheckResult result) {
    int count = result.findings().size();
    StringBuilder text = new StringBuilder();
    if (count > 0) {
      text.append("Check complete, ").append(count);
      text.append(count == 1 ? " warning has been found!\n" : " warnings have been found!\n");
    } else if (result.isClean()) {
      text.append("Check complete, no warnings found.\n");
    }
    for (Diagnostic finding : result.findings()) {
      addFinding(text, finding);
    }
    return VisibleText.of(text.toString());
  }

  /** What a build would stop at. */
  static String errors(CheckResult result) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic error : result.errors()) {
      text.append(error.render()).append('\n');
    }
    return text.toString();
  }

  private static void addFinding(StringBuilder text, Diagnostic finding) {
    text.append("\nWARNING: ").append(finding.code());
    String hint = finding.hint();
    LintRule rule = finding.code() == null ? null : LintRule.of(finding.code());
    if (rule != null) {
      text.append(" - ").append(rule.url());
      hint = hint == null ? null : hint.replace("; see " + rule.documentation(), "");
    }
    text.append('\n').append(finding.message()).append('\n');
    if (finding.span() != null) {
      text.append(finding.span().file().name()).append(':').append(finding.span().line());
      text.append('\n').append(finding.excerpt()).append('\n');
    }
    if (hint != null) {
      text.append("hint: ").append(hint).append('\n');
    }
  }

  static String outline(Outline outline) {
    StringBuilder text = new StringBuilder();
    if (!outline.name().isEmpty()) {
      text.append("TARGET:      ").append(outline.name()).append('\n');
    }
    if (!outline.description().isEmpty()) {
      text.append("DESCRIPTION: ").append(outline.description()).append('\n');
    }
    List<List<String>> arguments = new ArrayList<>();
    for (Outline.Argument argument : outline.arguments()) {
      String value = argument.value() == null ? "" : argument.value();
      arguments.add(List.of(argument.name(), value, argument.description()));
    }
    addTable(text, List.of("BUILD ARG", "VALUE", "DESCRIPTION"), arguments);
    addTable(text, List.of("SECRET", "REQUIRED"), mounted(outline.secrets()));
    addTable(text, List.of("SSH", "REQUIRED"), mounted(outline.agents()));
    return VisibleText.of(text.toString());
  }

  private static List<List<String>> mounted(List<Outline.Mounted> mounted) {
    List<List<String>> rows = new ArrayList<>();
    for (Outline.Mounted each : mounted) {
      rows.add(List.of(each.id(), each.required() ? "true" : ""));
    }
    return rows;
  }

  static String targets(List<Outline.Target> targets) {
    List<List<String>> rows = new ArrayList<>();
    for (Outline.Target target : targets) {
      String name = target.name();
      if (target.isDefault()) {
        name = name.isEmpty() ? "(default)" : name + " (default)";
      }
      if (!name.isEmpty()) {
        rows.add(List.of(name, target.description()));
      }
    }
    StringBuilder text = new StringBuilder();
    addTable(text, List.of("TARGET", "DESCRIPTION"), rows);
    return VisibleText.of(text.toString());
  }

  /** A table with a heading, apart from what stands above it; nothing where it has no row. */
  private static void addTable(StringBuilder text, List<String> heading, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<List<String>> all = new ArrayList<>(rows);
    all.add(0, heading);
    int[] widths = new int[heading.size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    text.append(text.length() == 0 ? "" : "\n");
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 3));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }
}
