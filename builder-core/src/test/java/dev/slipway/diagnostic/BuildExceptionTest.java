package dev.slipway.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuildExceptionTest {
  @Test
  void oneFailureIsRenderedWithItsPlaceAndHint() {
    SourceFile file = new SourceFile("Dockerfile", "FROM a\nRUN x\n");
    BuildException failure =
        new BuildException("it failed", new SourceSpan(file, 7, 10), "try y", null);
    assertThat(failure.render())
        .isEqualTo(
            """
            Dockerfile:2:1: error: it failed
            RUN x
            ^^^
            hint: try y""");
    assertThat(failure.diagnostics()).containsExactly(failure.toDiagnostic());
  }

  @Test
  void severalErrorsAreRenderedOneBelowTheOther() {
    List<Diagnostic> errors =
        List.of(Diagnostic.error("first", null), Diagnostic.error("second", null));
    BuildException failure = new DiagnosticsException(errors);
    assertThat(failure.diagnostics()).isEqualTo(errors);
    assertThat(failure.render()).isEqualTo("error: first\nerror: second");
  }
}
