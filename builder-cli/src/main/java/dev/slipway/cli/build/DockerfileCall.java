package dev.slipway.cli.build;

import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.CommaSeparated;
import dev.slipway.cli.options.UsageException;
import java.util.List;

/**
 * What is done with a Dockerfile: {@code --call}, or {@code --check} in short.
 *
 * @param json the answer is JSON, in buildx's shape, instead of text
 * @param ignoreStatus findings are no failure
 */
public record DockerfileCall(Kind kind, boolean json, boolean ignoreStatus) {
  /** What is asked for. */
  public enum Kind {
    BUILD,
    CHECK,
    OUTLINE,
    TARGETS
  }

  /**
   * @throws UsageException if there is no such call, or not in the form asked for
   */
  public static DockerfileCall read(Arguments arguments) {
    String text = arguments.last("call");
    if (text == null) {
      return new DockerfileCall(arguments.isOn("check") ? Kind.CHECK : Kind.BUILD, false, false);
    }
    List<String> fields = CommaSeparated.fields("call", text);
    Kind kind = kind(fields.get(0));
    if (arguments.isOn("check") && kind != Kind.CHECK) {
      throw new UsageException("--check and --call " + fields.get(0) + " exclude each other");
    }
    boolean json = false;
    boolean ignoreStatus = false;
    for (String field : fields.subList(1, fields.size())) {
      switch (field) {
        case "format=json" -> json = true;
        case "format=text" -> json = false;
        case "ignorestatus", "ignorestatus=true" -> ignoreStatus = true;
        case "ignorestatus=false" -> ignoreStatus = false;
        default ->
            throw new UsageException(
                "--call: \"" + field + "\" is not known",
                "it is format=text, format=json or ignorestatus");
      }
    }
    return new DockerfileCall(kind, json, ignoreStatus);
  }

  private static Kind kind(String name) {
    return switch (name) {
      case "build" -> Kind.BUILD;
      case "check", "lint" -> Kind.CHECK;
      case "outline" -> Kind.OUTLINE;
      case "targets" -> Kind.TARGETS;
      default ->
          throw new UsageException(
              "--call \"" + name + "\" is not known", "it is build, check, outline or targets");
    };
  }
}
