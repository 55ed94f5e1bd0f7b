package dev.slipway.cli;

import dev.slipway.cli.build.ByteSize;
import dev.slipway.cli.build.CacheOptions;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.Option;
import dev.slipway.cli.options.OptionTable;
import dev.slipway.cli.options.UsageException;
import dev.slipway.cli.progress.Quantities;
import dev.slipway.store.PrunePolicy;
import dev.slipway.store.PruneResult;
import dev.slipway.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code slipway cache prune}. */
final class CachePruneCommand implements Command {
  private static final String GROUP = "Options";
  private static final char NONE = 0;

  /** Longer ones are slips of the hand: nothing is that old. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  @Override
  public String name() {
    return "cache prune";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public String summary() {
    return "delete what was used longest ago, down to the limit; a running build keeps its own";
  }

  @Override
  public OptionTable options() {
    List<Option> options = new ArrayList<>();
    options.add(Option.toggle("all", 'a', GROUP, "delete everything"));
    options.add(
        Option.single(
            "max-used-space", NONE, "SIZE", GROUP, "keep the most recently used, up to SIZE"));
    options.add(
        Option.single("older-than", NONE, "TIME", GROUP, "delete what was not used for 12h, 7d"));
    options.addAll(CacheOptions.location(GROUP));
    return new OptionTable(options);
  }

  @Override
  public int run(Arguments arguments, Surroundings surroundings) {
    PrunePolicy policy = policy(arguments);
    PruneResult result;
    try (Store store =
            Store.open(surroundings.cacheDirectory(arguments), surroundings.clocks().wall());
        WorkerRemover remover = new WorkerRemover(surroundings, store)) {
      result = store.prune(policy, remover);
    }
    surroundings.streams().out().println("removed");
    CacheUsageCommand.print(result.removed(), surroundings.streams().out());
    surroundings.streams().out().println("left " + Quantities.bytes(result.left().totalBytes()));
    if (result.failures() > 0) {
      surroundings
          .streams()
          .err()
          .println(
              "warning: "
                  + result.failures()
                  + " directories could not be deleted and are tried again"
                  + " next time");
    }
    return ExitCode.DONE;
  }

  static PrunePolicy policy(Arguments arguments) {
    if (arguments.isOn("all")) {
      return PrunePolicy.everything();
    }
    String size = arguments.last("max-used-space");
    long most =
        size == null ? CacheOptions.limit(arguments) : ByteSize.parse("max-used-space", size);
    return new PrunePolicy(most, false, duration(arguments.last("older-than")));
  }

  private static @Nullable Duration duration(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      long count = Long.parseLong(text.substring(0, Math.max(0, text.length() - 1)));
      Duration unit = count < 0 ? null : unit(text.charAt(text.length() - 1));
      if (unit != null) {
        Duration duration = unit.multipliedBy(count);
        if (duration.compareTo(LONGEST) <= 0) {
          return duration;
        }
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // told below
    }
    throw new UsageException(
        "--older-than wants a time as \"12h\" or \"7d\", not \"" + text + "\"");
  }

  private static @Nullable Duration unit(char letter) {
    return switch (letter) {
      case 's' -> Duration.ofSeconds(1);
      case 'm' -> Duration.ofMinutes(1);
      case 'h' -> Duration.ofHours(1);
      case 'd' -> Duration.ofDays(1);
      default -> null;
    };
  }
}
