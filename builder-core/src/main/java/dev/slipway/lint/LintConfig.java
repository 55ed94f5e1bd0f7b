package dev.slipway.lint;

import dev.slipway.diagnostic.GoBoolean;
import dev.slipway.dockerfile.InstructionSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which rules count, as a {@code # check=} directive says, for a file or for the instruction below
 * a comment.
 *
 * @param skipAll no rule but the experimental ones counts
 * @param skip the codes of rules that do not count
 * @param experimentalAll all experimental rules count
 * @param experimental the codes of experimental rules that count
 * @param error findings fail the build
 */
record LintConfig(
    boolean skipAll,
    Set<String> skip,
    boolean experimentalAll,
    Set<String> experimental,
    boolean error) {
  static final LintConfig DEFAULT = new LintConfig(false, Set.of(), false, Set.of(), false);

  /**
   * Parses {@code skip=A,B;error=true;experimental=all}; what follows a blank is a remark.
   *
   * @throws IllegalArgumentException whose message says what is wrong, if it is malformed
   */
  static LintConfig parse(String text) {
    int blank = text.indexOf(' ');
    String options = blank < 0 ? text : text.substring(0, blank);
    LintConfig config = DEFAULT;
    if (options.isEmpty()) {
      return config;
    }
    for (String option : options.split(";", 3)) {
      int equals = option.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("invalid check option \"" + option + "\"");
      }
      config = config.with(option.substring(0, equals).strip(), option.substring(equals + 1));
    }
    return config;
  }

  private LintConfig with(String key, String value) {
    boolean all = value.equals("all");
    return switch (key) {
      case "skip" ->
          new LintConfig(
              all || skipAll, all ? skip : codes(value), experimentalAll, experimental, error);
      case "experimental" ->
          new LintConfig(
              skipAll, skip, all || experimentalAll, all ? experimental : codes(value), error);
      case "error" -> new LintConfig(skipAll, skip, experimentalAll, experimental, bool(value));
      default -> throw new IllegalArgumentException("invalid check option \"" + key + "\"");
    };
  }

  private static Set<String> codes(String value) {
    Set<String> codes = new TreeSet<>();
    for (String code : value.split(",", -1)) {
      codes.add(code.strip());
    }
    return codes;
  }

  private static boolean bool(String value) {
    return GoBoolean.parse(value)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "failed to parse check option \"error="
                        + value
                        + "\": expected true or false"));
  }

  /** What the comment above an instruction says, or null where it says nothing of checks. */
  static @Nullable LintConfig of(InstructionSource source) {
    List<String> comments = source.comments();
    for (String comment : comments) {
      int equals = comment.indexOf('=');
      if (equals > 0 && comment.substring(0, equals).strip().equalsIgnoreCase("check")) {
        try {
          return parse(comment.substring(equals + 1).strip());
        } catch (IllegalArgumentException e) {
          return null; // a comment that only looks like it
        }
      }
    }
    return null;
  }

  /** Whether {@code rule} counts here, {@code local} being what is said of the instruction. */
  boolean counts(LintRule rule, @Nullable LintConfig local) {
    return rule.isExperimental()
        ? asksFor(rule) || (local != null && local.asksFor(rule))
        : !skips(rule) && (local == null || !local.skips(rule));
  }

  private boolean asksFor(LintRule rule) {
    return experimentalAll || experimental.contains(rule.code());
  }

  private boolean skips(LintRule rule) {
    return skipAll || skip.contains(rule.code());
  }
}
