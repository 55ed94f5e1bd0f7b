package dev.slipway.cli.packaging;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Expressions and other constants for {@link LibraryRewritingTest}. */
public final class PatternSamples implements Supplier<List<String>> {
  private static final String TEXT = String.valueOf(7L);
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern WITH_FLAG = Pattern.compile("x", Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD = Pattern.compile("[a-z]+");

  @Override
  public List<String> get() {
    return List.of(
        TEXT,
        "" + DIGITS.matcher("12").matches(),
        "" + WITH_FLAG.matcher("X").matches(),
        "" + WORD.matcher("12").matches());
  }
}
