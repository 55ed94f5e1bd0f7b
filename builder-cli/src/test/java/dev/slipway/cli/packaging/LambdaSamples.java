package dev.slipway.cli.packaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** One lambda of each kind. */
final class LambdaSamples implements Supplier<List<String>> {
  private final int number = 7;

  /** A method of an interface of its own, with a lambda in it. */
  interface Named {
    String name();

    default Supplier<String> lazily() {
      return () -> "from interface " + secret();
    }

    private String secret() {
      return name();
    }
  }

  private static final class Inner {
    private final String text = "in";

    private Supplier<String> lambda() {
      return () -> "nested " + text;
    }
  }

  private static int twice(int value) {
    return 2 * value;
  }

  private String describe() {
    return "captured " + number;
  }

  @Override
  @SuppressWarnings("UnnecessaryLambda")
  public List<String> get() {
    List<String> results = new ArrayList<>();
    Supplier<String> nothing = () -> "none";
    results.add(nothing.get());
    Supplier<String> own = this::describe;
    results.add(own.get());
    long big = 1L << 32;
    double half = 0.5;
    String text = "x";
    Supplier<String> wide = () -> "big " + big + " " + half + " " + text;
    results.add(wide.get());
    ToIntFunction<String> length = String::length;
    results.add(Integer.toString(length.applyAsInt("abc")));
    IntFunction<String[]> array = String[]::new;
    results.add(List.of(List.of("a", "b").toArray(array.apply(0))).toString());
    BiFunction<String, String, String> joined = String::concat;
    results.add(joined.andThen(String::toUpperCase).apply("", "b"));
    Function<String, StringBuilder> constructor = StringBuilder::new;
    results.add(constructor.apply("made ").append('z').toString());
    Comparator<Integer> comparator = Integer::compare;
    results.add(Integer.toString(10 + comparator.compare(1, 2)));
    IntUnaryOperator privateMethod = LambdaSamples::twice;
    results.add(Integer.toString(privateMethod.applyAsInt(6)));
    results.add(new Inner().lambda().get());
    Function<Integer, Integer> boxed = LambdaSamples::twice;
    IntSupplier unboxed = () -> boxed.apply(2) + 1;
    results.add(Integer.toString(unboxed.getAsInt()));
    ToLongFunction<List<String>> widened = List::size;
    LongSupplier constant = () -> widened.applyAsLong(List.of("one"));
    results.add(Long.toString(constant.getAsLong()));
    Consumer<String> dropped = results::add;
    dropped.accept("void");
    IntPredicate even = value -> value % 2 == 0;
    results.add(Boolean.toString(even.test(4)));
    Named named = () -> "k";
    results.add(named.lazily().get());
    return results;
  }
}
