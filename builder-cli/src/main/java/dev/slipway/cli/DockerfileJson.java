package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.CheckResult;
import dev.slipway.cli.progress.JsonLine;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.SourceFile;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.lint.LintRule;
import dev.slipway.lint.Outline;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a Dockerfile that is not built, for other programs: one line of JSON in the shape
 * that {@code docker buildx build --call …,format=json} has. Lines count from 1; characters, which
 * buildx leaves out, from 0. What is empty is left out.
 */
final class DockerfileJson {
  private final List<SourceFile> sources = new ArrayList<>();

  private DockerfileJson() {}

  /** Findings, the texts that they are about, and what a build would stop at. */
  static String check(CheckResult result) {
    DockerfileJson json = new DockerfileJson();
    List<JsonLine> warnings = new ArrayList<>();
    for (Diagnostic finding : result.findings()) {
      warnings.add(json.warning(finding));
    }
    JsonLine error = null;
    if (!result.errors().isEmpty()) {
      Diagnostic first = result.errors().get(0);
      error = json.located(new JsonLine().add("message", first.message()), first.span());
    }
    JsonLine whole = new JsonLine().add("warnings", warnings).add("sources", json.described());
    return (error == null ? whole : whole.add("buildError", error)).toString();
  }

  private JsonLine warning(Diagnostic finding) {
    JsonLine warning = new JsonLine();
    LintRule rule = finding.code() == null ? null : LintRule.of(finding.code());
    if (rule != null) {
      warning.add("ruleName", rule.code());
      warning.add("description", rule.description());
      warning.add("url", rule.url());
    }
    return located(warning.add("detail", finding.message()), finding.span());
  }

  static String outline(Outline outline) {
    DockerfileJson json = new DockerfileJson();
    json.indexOf(outline.span().file()); // the text is told even where nothing refers to it
    JsonLine whole = new JsonLine();
    addText(whole, "name", outline.name());
    addText(whole, "description", outline.description());
    List<JsonLine> arguments = new ArrayList<>();
    for (Outline.Argument argument : outline.arguments()) {
      JsonLine each = new JsonLine().add("name", argument.name());
      addText(each, "description", argument.description());
      addText(each, "value", argument.value());
      arguments.add(json.located(each, argument.span()));
    }
    addList(whole, "args", arguments);
    addList(whole, "secrets", json.mounted(outline.secrets()));
    addList(whole, "ssh", json.mounted(outline.agents()));
    return whole.addTexts("sources", json.encoded()).toString();
  }

  private List<JsonLine> mounted(List<Outline.Mounted> mounted) {
    List<JsonLine> all = new ArrayList<>();
    for (Outline.Mounted each : mounted) {
      JsonLine line = new JsonLine().add("name", each.id());
      all.add(located(each.required() ? line.add("required", true) : line, each.span()));
    }
    return all;
  }

  static String targets(List<Outline.Target> targets) {
    DockerfileJson json = new DockerfileJson();
    List<JsonLine> all = new ArrayList<>();
    for (Outline.Target target : targets) {
      JsonLine each = new JsonLine();
      addText(each, "name", target.name());
      if (target.isDefault()) {
        each.add("default", true);
      }
      addText(each, "description", target.description());
      addText(each, "base", target.base());
      addText(each, "platform", target.platform());
      all.add(json.located(each, target.span()));
    }
    return new JsonLine().add("targets", all).addTexts("sources", json.encoded()).toString();
  }

  private static void addText(JsonLine line, String key, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      line.add(key, text);
    }
  }

  private static void addList(JsonLine line, String key, List<JsonLine> list) {
    if (!list.isEmpty()) {
      line.add(key, list);
    }
  }

  /** Adds the place that {@code span} is, a range for each of its lines. */
  private JsonLine located(JsonLine line, @Nullable SourceSpan span) {
    if (span == null) {
      return line;
    }
    int source = indexOf(span.file());
    List<JsonLine> ranges = new ArrayList<>();
    int last = span.endLine();
    for (int i = span.line(); i <= last; i++) {
      int from = i == span.line() ? span.column() - 1 : 0;
      int to = i == last ? span.endColumn() - 1 : span.file().line(i).length();
      ranges.add(new JsonLine().add("start", position(i, from)).add("end", position(i, to)));
    }
    JsonLine location = new JsonLine();
    if (source > 0) {
      location.add("sourceIndex", source);
    }
    return line.add("location", location.add("ranges", ranges));
  }

  private static JsonLine position(int line, int character) {
    JsonLine position = new JsonLine().add("line", line);
    return character == 0 ? position : position.add("character", character);
  }

  private int indexOf(SourceFile file) {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i) == file) {
        return i;
      }
    }
    sources.add(file);
    return sources.size() - 1;
  }

  private List<JsonLine> described() {
    List<JsonLine> described = new ArrayList<>();
    for (SourceFile source : sources) {
      described.add(
          new JsonLine()
              .add("filename", source.name())
              .add("language", "Dockerfile")
              .add("data", encoded(source)));
    }
    return described;
  }

  private List<String> encoded() {
    List<String> encoded = new ArrayList<>();
    for (SourceFile source : sources) {
      encoded.add(encoded(source));
    }
    return encoded;
  }

  private static String encoded(SourceFile source) {
    return Base64.getEncoder().encodeToString(source.text().getBytes(UTF_8));
  }
}
