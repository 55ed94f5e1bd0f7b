package dev.slipway.cli.build;

import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.UsageException;
import dev.slipway.inspect.account.ImageLimits;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The options by which a command fails where an image is not as it should be. */
public final class LimitOptions {
  private static final char NONE = 0;

  private LimitOptions() {}

  /** The options that say so. */
  public static List<Option> options(String group) {
    return List.of(
        Option.single(
            "max-size", NONE, "SIZE", group, "fail if the image is larger, compressed, as 50m"),
        Option.single(
            "max-waste", NONE, "SIZE|N%", group, "fail if more of the image is wasted, as 5%"),
        Option.single("max-layers", NONE, "N", group, "fail if the image has more layers"),
        Option.toggle("no-root", NONE, group, "fail if the image runs as root"));
  }

  /**
   * @throws UsageException for a value that is not of its option's form
   */
  public static ImageLimits read(Arguments arguments) {
    String waste = arguments.last("max-waste");
    boolean share = waste != null && waste.endsWith("%");
    long layers = arguments.number("max-layers", 0, -1);
    return new ImageLimits(
        size("max-size", arguments.last("max-size")),
        share ? OptionalLong.empty() : size("max-waste", waste),
        share && waste != null ? OptionalDouble.of(percent(waste)) : OptionalDouble.empty(),
        layers < 0
            ? OptionalInt.empty()
            : OptionalInt.of((int) Math.min(layers, Integer.MAX_VALUE)),
        arguments.isOn("no-root"));
  }

  private static OptionalLong size(String option, @Nullable String text) {
    return text == null ? OptionalLong.empty() : OptionalLong.of(ByteSize.parse(option, text));
  }

  private static double percent(String text) {
    try {
      double percent = Double.parseDouble(text.substring(0, text.length() - 1).strip());
      if (percent >= 0 && percent <= 100) {
        return percent / 100;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UsageException("--max-waste wants a size or a percentage, not \"" + text + "\"");
  }
}
