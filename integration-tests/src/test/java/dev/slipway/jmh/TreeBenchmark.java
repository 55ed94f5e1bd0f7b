package dev.slipway.jmh;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A tree of 50,000 files, and a layer of 5,000 on it, half of them new. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TreeBenchmark {
  private final ChangeSet base = Files.of("usr", 50_000, 1);
  private final ChangeSet old = Files.of("usr", 2500, 2);
  private final ChangeSet made = Files.of("app", 2500, 1);
  private final FileTree tree = FileTree.EMPTY.apply(base);
  private final FileTree merged = tree.apply(old).apply(made);

  @Benchmark
  public FileTree build() {
    return FileTree.EMPTY.apply(base);
  }

  @Benchmark
  public FileTree merge() {
    return tree.apply(old).apply(made);
  }

  @Benchmark
  public ChangeSet difference() {
    return ChangeSet.between(tree, merged);
  }
}
