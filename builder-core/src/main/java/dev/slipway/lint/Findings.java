package dev.slipway.lint;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.InstructionSource;
import dev.slipway.dockerfile.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the rules find, and leaves out what a {@code # check=} says does not count. */
final class Findings {
  private final LintConfig config;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<String> codes = new LinkedHashSet<>();

  Findings(LintConfig config) {
    this.config = config;
  }

  /** A finding about {@code word} of an instruction. */
  void report(
      LintRule rule, Instruction instruction, @Nullable Word word, String message, String fix) {
    InstructionSource source = instruction.source();
    report(rule, source, word == null ? source.keywordSpan() : word.span(), message, fix);
  }

  /**
   * A finding about an instruction. It stands on the instruction's first line, where BuildKit puts
   * it, at {@code span} where that is on this line.
   */
  void report(
      LintRule rule, InstructionSource source, SourceSpan span, String message, String fix) {
    if (config.counts(rule, LintConfig.of(source))) {
      SourceSpan first = source.keywordSpan();
      add(rule, span.line() == first.line() ? span : first, message, fix);
    }
  }

  /** A finding about no single instruction. */
  void report(LintRule rule, @Nullable SourceSpan span, String message, String fix) {
    if (config.counts(rule, null)) {
      add(rule, span, message, fix);
    }
  }

  private void add(LintRule rule, @Nullable SourceSpan span, String message, String fix) {
    codes.add(rule.code());
    diagnostics.add(
        Diagnostic.warning(message, span)
            .withCode(rule.code())
            .withHint(fix + "; see " + rule.documentation()));
  }

  /** In the order of the text; last an error, if findings are to fail the build. */
  List<Diagnostic> sorted() {
    List<Diagnostic> sorted = new ArrayList<>(diagnostics);
    sorted.sort((a, b) -> Integer.compare(start(a), start(b)));
    if (config.error() && !sorted.isEmpty()) {
      sorted.add(
          Diagnostic.error(
              "lint violation found for rules: " + String.join(", ", codes), sorted.get(0).span()));
    }
    return sorted;
  }

  private static int start(Diagnostic diagnostic) {
    return diagnostic.span() == null ? 0 : diagnostic.span().start();
  }
}
