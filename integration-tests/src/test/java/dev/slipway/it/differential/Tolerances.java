package dev.slipway.it.differential;

import java.util.List;
import java.util.regex.Pattern;

/** Differences that every image of a builder has, each with its reason. */
final class Tolerances {
  private record Tolerance(String builder, Pattern line, String reason) {}

  private static final List<Tolerance> ALL =
      List.of(
          tolerance("buildah", "history .*", "writes one line a stage, in words of its own"),
          tolerance("buildah", "Env PATH=.*|WorkingDir \"/\"", "adds no defaults to scratch"),
          tolerance("buildah", "file /(dev|proc|sys|run|etc)/? dir .*", "leaves mount points"));

  private Tolerances() {}

  private static Tolerance tolerance(String builder, String line, String reason) {
    return new Tolerance(builder, Pattern.compile(line), reason);
  }

  /** The lines that are compared. */
  static List<String> of(String builder, List<String> lines) {
    return lines.stream()
        .filter(
            line ->
                ALL.stream()
                    .noneMatch(t -> t.builder.equals(builder) && t.line.matcher(line).matches()))
        .toList();
  }
}
