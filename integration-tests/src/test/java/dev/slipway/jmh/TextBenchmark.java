package dev.slipway.jmh;

import dev.slipway.context.IgnoreFile;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.parse.DockerfileParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A Dockerfile of 1,000 instructions, and 60 ignore patterns over 10,000 paths. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TextBenchmark {
  private final byte[] dockerfile = dockerfile();
  private final IgnoreFile ignore = ignoreFile();
  private final List<String> paths = paths();

  @Benchmark
  public Dockerfile parse() {
    return DockerfileParser.parse("Dockerfile", dockerfile);
  }

  @Benchmark
  public int ignore() {
    int ignored = 0;
    for (String path : paths) {
      ignored += ignore.verdictOn(path).ignored() ? 1 : 0;
    }
    return ignored;
  }

  private static byte[] dockerfile() {
    StringBuilder text = new StringBuilder("ARG VERSION=1\nFROM scratch AS base\n");
    for (int i = 0; i < 250; i++) {
      text.append("ENV NAME").append(i).append("=\"value ${VERSION:-none}\"\n");
      text.append("COPY --chown=1:1 --chmod=755 src").append(i).append(" /usr/src/\n");
      text.append("RUN set -e; \\\n  make all && \\\n  make install # ").append(i).append('\n');
      text.append("LABEL org.example.n").append(i).append("=x y=z\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static IgnoreFile ignoreFile() {
    StringBuilder text = new StringBuilder("**/target\n**/*.class\n.git\n!keep/**/*.class\n");
    for (int i = 0; i < 56; i++) {
      text.append("module").append(i).append("/build/**/*.o\n");
    }
    return IgnoreFile.parse(text.toString().getBytes(StandardCharsets.UTF_8), ".dockerignore");
  }

  private static List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      paths.add("module" + i % 80 + "/src/main/java/org/example/p" + i % 7 + "/Type" + i + ".java");
    }
    return paths;
  }
}
