package dev.slipway.cli.build;

import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.CommaSeparated;
import dev.slipway.cli.options.UsageException;
import java.util.List;

/** What is done with a Dockerfile: {@code --call}, or {@code --check} in short. */
public enum DockerfileCall {
  BUILD,
  CHECK,
  OUTLINE,
  TARGETS;

  /**
   * @throws UsageException if there is no such call, or not in the form asked for
   */
  public static DockerfileCall read(Arguments arguments) {
    String text = arguments.last("call");
    if (text == null) {
      return arguments.isOn("check") ? CHECK : BUILD;
    }
    List<String> fields = CommaSeparated.fields("call", text);
    for (String field : fields.subList(1, fields.size())) {
      if (!field.equals("format=text")) {
        throw new UsageException(
            "--call: \"" + field + "\" is not supported", "the answer is text");
      }
    }
    DockerfileCall call =
        switch (fields.get(0)) {
          case "build" -> BUILD;
          case "check", "lint" -> CHECK;
          case "outline" -> OUTLINE;
          case "targets" -> TARGETS;
          default ->
              throw new UsageException(
                  "--call \"" + fields.get(0) + "\" is not known",
                  "it is build, check, outline or targets");
        };
    if (arguments.isOn("check") && call != CHECK) {
      throw new UsageException("--check and --call " + fields.get(0) + " exclude each other");
    }
    return call;
  }
}
