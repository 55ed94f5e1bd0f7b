package dev.slipway.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule has a section in {@code docs/lint.md}, whose examples do what it says. */
class LintDocumentationTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "lint.md");

  @ParameterizedTest
  @EnumSource(LintRule.class)
  void theExamplesOfARuleAreTrue(LintRule rule) throws IOException {
    List<String> examples = examples(rule);
    assertThat(examples).as("examples of " + rule.code()).hasSize(2);
    LintInputs.Builder forBad = Lint.ignoring("*.log");
    if (rule == LintRule.INVALID_BASE_IMAGE_PLATFORM) {
      forBad.base(0, new BaseImageFacts(Map.of(), false, Lint.ARM64, Lint.AMD64));
    }
    assertThat(Lint.diagnostics(forBad, examples.get(0)))
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.code()).isEqualTo(rule.code()));
    assertThat(Lint.findings(Lint.ignoring("*.log"), examples.get(1))).isEmpty();
  }

  private static List<String> examples(LintRule rule) throws IOException {
    List<String> examples = new ArrayList<>();
    boolean inSection = false;
    StringBuilder block = null;
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("## ")) {
        inSection = line.equals("## " + rule.code());
      } else if (inSection && line.equals("```dockerfile")) {
        block = new StringBuilder();
      } else if (block != null && line.equals("```")) {
        examples.add(block.toString());
        block = null;
      } else if (block != null) {
        block.append(line).append('\n');
      }
    }
    return examples;
  }
}
