package dev.slipway.it.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.it.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each case is built by Slipway and compared with what BuildKit made of it when that was recorded,
 * and with what a BuildKit and a buildah of this machine make of it now.
 *
 * <p>{@code -Dslipway.record=true} writes down what BuildKit makes of the cases, to be reviewed as
 * a diff; {@code -Dslipway.cases=REGEX} picks cases; {@code -Dslipway.live=N} says how many of
 * them, evenly spread, the builders of this machine get. Unless asked for that is none: they are
 * slow, and old ones depart from the BuildKit that was recorded.
 */
class DifferentialTest {
  private static final boolean RECORD = Boolean.getBoolean("slipway.record");
  private static final int LIVE = Integer.getInteger("slipway.live", 0);

  @TempDir static Path directory;
  private static final Map<String, Tally> TABLE = new TreeMap<>();
  private static final Map<String, Outcome> OURS = new TreeMap<>();
  private static Workshop workshop;
  private static Builder slipway;
  private static List<Case> cases;
  private static Expectations expectations;

  /** A line of the table. */
  private static final class Tally {
    int equal;
    int noted;
    int different;
  }

  @BeforeAll
  static void open() throws Exception {
    Path corpus =
        RECORD
            ? Machine.repository().resolve("integration-tests/src/test/resources/corpus")
            : Path.of(DifferentialTest.class.getResource("/corpus").toURI());
    workshop = Workshop.open(directory, corpus.resolve("bases"));
    slipway = new SlipwayBuilder(directory, workshop.registry());
    String pick = System.getProperty("slipway.cases", ".*");
    cases = Corpus.read(corpus).stream().filter(c -> c.name().matches(pick)).toList();
    expectations = new Expectations(corpus);
    for (Case each : cases) {
      expectations.readGroup(each.name().substring(0, each.name().indexOf('/')));
    }
    OURS.putAll(buildAll(slipway, cases));
  }

  private static Map<String, Outcome> buildAll(Builder builder, List<Case> some) {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Map<String, CompletableFuture<Outcome>> running = new TreeMap<>();
      for (Case each : some) {
        running.put(
            each.name(),
            CompletableFuture.supplyAsync(() -> workshop.build(builder, each), threads));
      }
      Map<String, Outcome> outcomes = new TreeMap<>();
      running.forEach((name, outcome) -> outcomes.put(name, outcome.join()));
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  @TestFactory
  Stream<DynamicTest> asBuildKitWasRecorded() throws IOException {
    if (RECORD) {
      record();
    }
    return cases.stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> compareWithRecord(each)));
  }

  private static void record() throws IOException {
    try (Builder docker = DockerBuilder.start()) {
      buildAll(docker, cases)
          .forEach((name, outcome) -> expectations.record(name, outcome.lines()));
    }
    for (Case each : cases) {
      if (departs(each)) {
        expectations.record(each.name() + " (slipway)", OURS.get(each.name()).lines());
      }
    }
    expectations.write();
  }

  /** Whether BuildKit's result is not the one to expect, or not to be had. */
  private static boolean departs(Case each) {
    return each.notes().containsKey("slipway") || each.notes().containsKey("docker");
  }

  private static void compareWithRecord(Case each) {
    Outcome ours = OURS.get(each.name());
    boolean departs = departs(each);
    List<String> expected = expectations.of(each.name() + (departs ? " (slipway)" : ""));
    assertThat(expected).as("the recorded result").isNotNull();
    count("recorded BuildKit", departs, ours.lines().equals(expected));
    assertThat(ours.lines()).as(ours.log()).containsExactlyElementsOf(expected);
  }

  @TestFactory
  Stream<DynamicTest> asDockerBuildsNow() {
    requireLive();
    Builder docker = DockerBuilder.start();
    return compareWith(docker);
  }

  @TestFactory
  Stream<DynamicTest> asBuildahBuildsNow() {
    requireLive();
    return compareWith(BuildahBuilder.find(directory.resolve("buildah")));
  }

  private static void requireLive() {
    assumeTrue(LIVE > 0, "needs -Dslipway.live=N, how many cases to compare with other builders");
  }

  private static Stream<DynamicTest> compareWith(Builder builder) {
    int step = Math.max(1, cases.size() / LIVE);
    List<Case> sample = new ArrayList<>();
    for (int i = 0; i < cases.size(); i += step) {
      sample.add(cases.get(i));
    }
    Map<String, Outcome> theirs;
    try (builder) {
      theirs = buildAll(builder, sample);
    }
    return sample.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name() + " with " + builder.name(),
                    () -> compare(each, builder.name(), theirs.get(each.name()))));
  }

  private static void compare(Case each, String builder, Outcome theirs) {
    Outcome ours = OURS.get(each.name());
    List<String> left = Tolerances.of(builder, ours.lines());
    List<String> right = Tolerances.of(builder, theirs.lines());
    boolean noted = each.notes().containsKey(builder) || each.notes().containsKey("slipway");
    count(builder, noted, left.equals(right));
    if (!noted) {
      assertThat(left).as(ours.log() + theirs.log()).containsExactlyElementsOf(right);
    }
  }

  private static void count(String against, boolean noted, boolean equal) {
    Tally tally = TABLE.computeIfAbsent(against, name -> new Tally());
    if (noted) {
      tally.noted++;
    } else if (equal) {
      tally.equal++;
    } else {
      tally.different++;
    }
  }

  @AfterAll
  static void printTable() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format("%-20s %8s %8s %8s", "compared with", "equal", "noted", "different"));
    TABLE.forEach(
        (name, tally) ->
            lines.add(
                String.format(
                    "%-20s %8d %8d %8d", name, tally.equal, tally.noted, tally.different)));
    System.out.println(String.join("\n", lines));
    if (workshop != null) {
      workshop.close();
    }
  }
}
