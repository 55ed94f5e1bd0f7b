package dev.slipway.lint;

import dev.slipway.context.IgnoreFile;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.oci.Platform;
import dev.slipway.parse.DockerfileParser;
import dev.slipway.parse.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the linter over a text for a test and shows what it finds, a line each. */
final class Lint {
  static final Platform AMD64 = new Platform("linux", "amd64");
  static final Platform ARM64 = new Platform("linux", "arm64");
  private static final Map<String, String> NO_VARIABLES = Map.of();

  private Lint() {}

  /** Inputs for {@code linux/amd64}, with an empty image under every stage that needs one. */
  static LintInputs.Builder inputs() {
    LintInputs.Builder inputs =
        LintInputs.builder()
            .platforms(AMD64, AMD64, "")
            .validReference(name -> name.matches("[a-z0-9./_-]+(:[A-Za-z0-9._-]+)?"));
    for (int stage = 0; stage < 5; stage++) {
      inputs.base(stage, new BaseImageFacts(NO_VARIABLES, false, AMD64, AMD64));
    }
    return inputs;
  }

  static LintInputs.Builder ignoring(String... patterns) {
    byte[] file = String.join("\n", patterns).getBytes(StandardCharsets.UTF_8);
    return inputs().ignoreFile(IgnoreFile.parse(file, ".dockerignore"));
  }

  /** Findings as {@code line rule: message}. */
  static List<String> findings(String... lines) {
    return findings(inputs(), lines);
  }

  static List<String> findings(LintInputs.Builder inputs, String... lines) {
    return show(diagnostics(inputs, lines));
  }

  static List<Diagnostic> diagnostics(LintInputs.Builder inputs, String... lines) {
    return Linter.lint(read(lines).orThrow(), inputs.build());
  }

  static ParseResult read(String... lines) {
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    return DockerfileParser.read("Dockerfile", text);
  }

  static List<String> show(List<Diagnostic> diagnostics) {
    List<String> shown = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics) {
      String line = diagnostic.span() == null ? "-" : String.valueOf(diagnostic.span().line());
      String code = diagnostic.code() == null ? "error" : diagnostic.code();
      shown.add(line + " " + code + ": " + diagnostic.message());
    }
    return shown;
  }
}
