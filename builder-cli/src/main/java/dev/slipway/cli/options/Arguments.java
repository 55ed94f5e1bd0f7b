package dev.slipway.cli.options;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was given on a command line, looked up by the options' long names. */
public final class Arguments {
  private final OptionTable table;
  private final Map<String, List<String>> values;
  private final List<String> operands;

  Arguments(OptionTable table, Map<String, List<String>> values, List<String> operands) {
    this.table = table;
    this.values = values;
    this.operands = List.copyOf(operands);
  }

  /** Whether a switch is on. */
  public boolean isOn(String name) {
    return Boolean.parseBoolean(last(name, "false"));
  }

  /** The value that counts, or null where the option was not given. */
  public @Nullable String last(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  public String last(String name, String otherwise) {
    String value = last(name);
    return value == null ? otherwise : value;
  }

  /** Every value, in the order given. */
  public List<String> all(String name) {
    if (table.named(name) == null) {
      throw new IllegalArgumentException("no option --" + name + " in the table");
    }
    return values.getOrDefault(name, List.of());
  }

  /**
   * A whole number of at least {@code least}.
   *
   * @return {@code otherwise} where the option was not given
   */
  public long number(String name, long least, long otherwise) {
    String value = last(name);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value.strip());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UsageException(
        "--" + name + " wants a whole number of at least " + least + ", not \"" + value + "\"");
  }

  /** What is no option, in order. */
  public List<String> operands() {
    return operands;
  }
}
