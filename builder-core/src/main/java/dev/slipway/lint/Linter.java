package dev.slipway.lint;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.dockerfile.Directive;
import dev.slipway.dockerfile.Dockerfile;
import java.util.ArrayList;
import java.util.List;

/** Runs the rules over a Dockerfile. Stateless. */
public final class Linter {
  private static final String CHECK_ARG = "BUILDKIT_DOCKERFILE_CHECK";

  private Linter() {}

  /**
   * The findings, in the order of the text: warnings whose code is the name of a rule, each with a
   * fix and a reference to its documentation as hint. Where {@code # check=error=true} asks for it
   * and there are findings, the last is an error without code. A {@code # check=} that is malformed
   * is an error too, and nothing else is looked at.
   */
  public static List<Diagnostic> lint(Dockerfile file, LintInputs inputs) {
    LintConfig config;
    try {
      config = config(file, inputs);
    } catch (IllegalArgumentException e) {
      Directive directive =
          inputs.buildArgs().containsKey(CHECK_ARG) ? null : file.directive(Directive.Name.CHECK);
      return List.of(
          Diagnostic.error(
              "failed to parse check options: " + e.getMessage(),
              directive == null ? null : directive.span()));
    }
    Findings findings = new Findings(config);
    List<Rule> rules = new ArrayList<>(rulesOfOneLine());
    rules.addAll(otherRules());
    for (Rule rule : rules) {
      rule.check(file, inputs, findings);
    }
    new StageWalk(file, inputs, GlobalArguments.of(file, inputs)).run(rules, findings);
    return findings.sorted();
  }

  /**
   * What can be said of a file with syntax errors: the findings about single instructions above the
   * first error.
   *
   * @param file as far as it was read
   * @param errorLine the line of the first error
   */
  public static List<Diagnostic> lintAbove(Dockerfile file, LintInputs inputs, int errorLine) {
    LintConfig config;
    try {
      config = config(file, inputs);
    } catch (IllegalArgumentException e) {
      return List.of();
    }
    Findings findings = new Findings(config);
    for (Rule rule : rulesOfOneLine()) {
      rule.check(file, inputs, findings);
    }
    List<Diagnostic> above = new ArrayList<>();
    for (Diagnostic finding : findings.sorted()) {
      if (finding.span() != null && finding.span().line() < errorLine) {
        above.add(finding);
      }
    }
    return above;
  }

  private static LintConfig config(Dockerfile file, LintInputs inputs) {
    String argument = inputs.buildArgs().get(CHECK_ARG);
    if (argument != null) {
      return LintConfig.parse(argument.strip());
    }
    Directive directive = file.directive(Directive.Name.CHECK);
    return directive == null ? LintConfig.DEFAULT : LintConfig.parse(directive.value());
  }

  /** Those that BuildKit runs while it parses. */
  private static List<Rule> rulesOfOneLine() {
    return List.of(
        new StageNameCasingRule(),
        new FromAsCasingRule(),
        new NoEmptyContinuationRule(),
        new MaintainerDeprecatedRule(),
        new InvalidDefinitionDescriptionRule());
  }

  private static List<Rule> otherRules() {
    return List.of(
        new ConsistentInstructionCasingRule(),
        new DuplicateStageNameRule(),
        new ReservedStageNameRule(),
        new JsonArgsRecommendedRule(),
        new UndefinedArgInFromRule(),
        new WorkdirRelativePathRule(),
        new UndefinedVarRule(),
        new MultipleInstructionsDisallowedRule(),
        new LegacyKeyValueFormatRule(),
        new InvalidBaseImagePlatformRule(),
        new RedundantTargetPlatformRule(),
        new SecretsUsedInArgOrEnvRule(),
        new InvalidDefaultArgInFromRule(),
        new FromPlatformFlagConstDisallowedRule(),
        new CopyIgnoredFileRule(),
        new ExposeProtoCasingRule(),
        new ExposeInvalidFormatRule());
  }
}
