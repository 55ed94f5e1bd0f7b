package dev.slipway.lint;

import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import java.util.Locale;

/** {@code AS} should be written in the case of {@code FROM}. */
final class FromAsCasingRule implements Rule {
  @Override
  public void check(Dockerfile file, LintInputs inputs, Findings findings) {
    for (Stage stage : file.stages()) {
      Word as = stage.from().as();
      String keyword = stage.from().source().keywordText();
      String lower = keyword.toLowerCase(Locale.ROOT);
      boolean isLower = keyword.equals(lower);
      // A FROM in mixed case is another rule's finding.
      if (as == null || (!isLower && !keyword.equals(keyword.toUpperCase(Locale.ROOT)))) {
        continue;
      }
      String wanted = isLower ? "as" : "AS";
      if (!as.text().equals(wanted)) {
        findings.report(
            LintRule.FROM_AS_CASING,
            stage.from(),
            as,
            "'" + as.text() + "' and '" + keyword + "' keywords' casing do not match",
            "write " + wanted);
      }
    }
  }
}
