package dev.slipway.lint;

import dev.slipway.diagnostic.NearestName;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A variable should be set by ENV, ARG or the base image before it is used. */
final class UndefinedVarRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    if (!stage.isEnvironmentKnown()) {
      return;
    }
    for (Expansion expansion : expanded.expansions()) {
      for (String name : expansion.unmatched()) {
        if (!stage.arguments().contains(name) && !name.startsWith("BUILDKIT_SBOM_SCAN_")) {
          String nearest = NearestName.find(name, stage.environment().keySet());
          findings.report(
              LintRule.UNDEFINED_VAR,
              expanded.instruction().source(),
              place(expanded, expansion, name),
              "Usage of undefined variable '$"
                  + name
                  + "'"
                  + NearestName.suggestion(nearest == null ? null : "$" + nearest),
              nearest == null ? "declare it with ARG or ENV above" : "write $" + nearest);
        }
      }
    }
  }

  /** The variable itself, as far as it stands in a word as it is written. */
  private static SourceSpan place(ExpandedInstruction expanded, Expansion expansion, String name) {
    Word word = expanded.wordOf(expansion);
    if (word == null) {
      return expanded.instruction().source().keywordSpan();
    }
    SourceSpan span = word.span();
    String literal = Pattern.quote(name) + "(?![A-Za-z0-9_])"; // it may be *, too
    Pattern use = Pattern.compile("\\$(?:\\{" + literal + "[^}]*}?|" + literal + ")");
    Matcher found = use.matcher(span.text());
    return found.find()
        ? new SourceSpan(span.file(), span.start() + found.start(), span.start() + found.end())
        : span;
  }
}
