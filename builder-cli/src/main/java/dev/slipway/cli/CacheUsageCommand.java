package dev.slipway.cli;

import dev.slipway.cli.build.CacheOptions;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.OptionTable;
import dev.slipway.cli.progress.Quantities;
import dev.slipway.store.EntryKind;
import dev.slipway.store.Store;
import dev.slipway.store.Usage;
import java.io.PrintStream;
import java.util.Locale;

/** {@code slipway cache du}. */
final class CacheUsageCommand implements Command {
  @Override
  public String name() {
    return "cache du";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public String summary() {
    return "tell how much is kept between builds";
  }

  @Override
  public OptionTable options() {
    return new OptionTable(CacheOptions.location("Options"));
  }

  @Override
  public int run(Arguments arguments, Surroundings surroundings) {
    try (Store store =
        Store.open(surroundings.cacheDirectory(arguments), surroundings.clocks().wall())) {
      surroundings.streams().out().println(store.directory());
      print(store.usage(), surroundings.streams().out());
    }
    return ExitCode.DONE;
  }

  /** A line a kind, and the sum. */
  static void print(Usage usage, PrintStream out) {
    for (EntryKind kind : EntryKind.values()) {
      Usage.Amount amount = usage.of(kind);
      String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      row(out, name, amount.entries() + " entries", amount.bytes());
    }
    row(out, "in all", "", usage.totalBytes());
  }

  private static void row(PrintStream out, String name, String count, long bytes) {
    out.println(
        name
            + " ".repeat(14 - name.length())
            + " ".repeat(Math.max(0, 16 - count.length()))
            + count
            + "  "
            + Quantities.bytes(bytes));
  }
}
