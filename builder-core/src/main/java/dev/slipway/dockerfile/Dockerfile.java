package dev.slipway.dockerfile;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.SourceFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Dockerfile as written.
 *
 * @param directives in their order
 * @param escape the escape character, {@code \\} or a backquote
 * @param globalArgs the ARG lines before the first FROM
 * @param stages at least one
 * @param warnings what the parser found that is no error, as empty continuation lines; each with
 *     the name of its lint rule as code
 */
public record Dockerfile(
    SourceFile file,
    List<Directive> directives,
    char escape,
    List<ArgInstruction> globalArgs,
    List<Stage> stages,
    List<Diagnostic> warnings) {
  public Dockerfile {
    directives = List.copyOf(directives);
    globalArgs = List.copyOf(globalArgs);
    stages = List.copyOf(stages);
    warnings = List.copyOf(warnings);
  }

  /** The directive of that name, or null. */
  public @Nullable Directive directive(Directive.Name name) {
    for (Directive directive : directives) {
      if (directive.name() == name) {
        return directive;
      }
    }
    return null;
  }
}
