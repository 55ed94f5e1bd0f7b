package dev.slipway.lint;

import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stage can be told from outside: its build arguments, and the secrets and agents that its
 * steps ask for, those of the stages below it among them.
 *
 * @param name the stage's name, or empty
 * @param description what the comment above FROM says of it
 * @param span where the stage begins
 * @param arguments in the order of the text
 * @param secrets in the order of the text
 * @param agents in the order of the text
 */
public record Outline(
    String name,
    String description,
    SourceSpan span,
    List<Argument> arguments,
    List<Mounted> secrets,
    List<Mounted> agents) {
  public Outline {
    arguments = List.copyOf(arguments);
    secrets = List.copyOf(secrets);
    agents = List.copyOf(agents);
  }

  /**
   * A build argument.
   *
   * @param value the value that it has, or null for none
   * @param description what the comment above ARG says of it
   */
  public record Argument(
      String name, @Nullable String value, String description, SourceSpan span) {}

  /** A secret or an agent by its id. */
  public record Mounted(String id, boolean required, SourceSpan span) {}

  /**
   * A stage that can be built with {@code --target}.
   *
   * @param name empty where it has none
   * @param base as written
   * @param platform as written, or empty
   * @param isDefault it is what is built where nothing is said
   */
  public record Target(
      String name,
      String description,
      String base,
      String platform,
      boolean isDefault,
      SourceSpan span) {}

  /** The outline of {@code stage}. */
  public static Outline of(Dockerfile file, Stage stage, LintInputs inputs) {
    OutlineReader reader = new OutlineReader(file, inputs);
    reader.read(stage);
    return reader.outline(stage);
  }

  /** The stages of {@code file}, in their order. */
  public static List<Target> targets(Dockerfile file) {
    List<Target> targets = new ArrayList<>();
    for (Stage stage : file.stages()) {
      Word platform = stage.from().platform();
      targets.add(
          new Target(
              stage.name() == null ? "" : stage.name(),
              stage.description(),
              stage.from().base().text(),
              platform == null ? "" : platform.text(),
              stage.index() == file.stages().size() - 1,
              stage.from().source().keywordSpan()));
    }
    return targets;
  }
}
