package dev.slipway.it.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import dev.slipway.it.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
 * and a sample of them with what this machine's buildah and the BuildKit of its Docker engine make
 * of it now.
 *
 * <p>{@code -Dslipway.cases=REGEX} picks cases; {@code -Dslipway.live=N} says how many the builders
 * of this machine get, evenly spread over those that they agree on and can build; {@code all} gives
 * them all cases and fails also where a listed difference is none any more. {@code
 * -Dslipway.record=true} writes down what BuildKit makes of the cases, to be reviewed as a diff.
 */
class DifferentialTest {
  private static final boolean RECORD = Boolean.getBoolean("slipway.record");
  private static final String LIVE = System.getProperty("slipway.live", "130");

  /** They are slow, and wait for their own locks. */
  private static final int THREADS_OF_OTHERS = 2;

  @TempDir static Path directory;
  private static final Agreements AGREEMENTS = new Agreements();
  private static final Map<String, Outcome> OURS = new TreeMap<>();
  private static Workshop workshop;
  private static Builder slipway;
  private static List<Case> cases;
  private static Expectations expectations;
  private static Tolerances tolerances;

  @BeforeAll
  static void open() throws Exception {
    Path corpus =
        RECORD
            ? Machine.repository().resolve("integration-tests/src/test/resources/corpus")
            : Path.of(DifferentialTest.class.getResource("/corpus").toURI());
    workshop = Workshop.open(directory, corpus);
    slipway = new SlipwayBuilder(directory.resolve("store"), workshop.registry());
    String pick = System.getProperty("slipway.cases", ".*");
    cases = Corpus.read(corpus).stream().filter(c -> c.name().matches(pick)).toList();
    expectations = new Expectations(corpus);
    tolerances = Tolerances.read(corpus);
    for (Case each : cases) {
      expectations.readGroup(each.name().substring(0, each.name().indexOf('/')));
    }
    OURS.putAll(buildAll(slipway, cases, 3));
  }

  private static Map<String, Outcome> buildAll(Builder builder, List<Case> some, int atOnce) {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
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
      buildAll(docker, cases, 3)
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
    AGREEMENTS.count("recorded BuildKit", departs, ours.lines().equals(expected));
    assertThat(ours.lines()).as(ours.log()).containsExactlyElementsOf(expected);
  }

  @TestFactory
  Stream<DynamicTest> asDockerBuildsNow() {
    requireLive();
    return compareWith(DockerBuilder.start());
  }

  @TestFactory
  Stream<DynamicTest> asBuildahBuildsNow() {
    requireLive();
    return compareWith(BuildahBuilder.find());
  }

  private static void requireLive() {
    assumeTrue(!LIVE.equals("0"), "not asked for: -Dslipway.live=0");
  }

  private static Stream<DynamicTest> compareWith(Builder builder) {
    try (builder) {
      String version = builder.version();
      String release = tolerances.release(builder);
      assumeTrue(
          release != null,
          "needs a " + builder.name() + " whose differences are listed, found " + version);
      Map<String, Outcome> theirs = new TreeMap<>();
      List<Case> compared = new ArrayList<>();
      List<Case> left = candidates(builder.name(), release);
      int wanted = LIVE.equals("all") ? left.size() : Integer.parseInt(LIVE);
      while (compared.size() < wanted && !left.isEmpty()) {
        List<Case> some = spread(left, wanted - compared.size());
        left.removeAll(some);
        theirs.putAll(buildAll(builder, some, THREADS_OF_OTHERS));
        for (Case each : some) {
          String refusal = tolerances.refusal(release, theirs.get(each.name()));
          if (refusal == null) {
            compared.add(each);
          } else {
            AGREEMENTS.refuse(release, refusal, each);
          }
        }
      }
      return compared.stream()
          .map(
              each ->
                  DynamicTest.dynamicTest(
                      each.name() + " with " + release,
                      () -> compare(each, builder.name(), release, theirs.get(each.name()))));
    }
  }

  /** Those on which the two should agree, or all. */
  private static List<Case> candidates(String builder, String release) {
    List<Case> candidates = new ArrayList<>();
    for (Case each : cases) {
      String omission = tolerances.omission(release, each);
      if (omission == null) {
        candidates.add(each);
      } else {
        AGREEMENTS.refuse(release, omission, each);
      }
    }
    if (LIVE.equals("all")) {
      return candidates;
    }
    int before = candidates.size();
    candidates.removeIf(each -> reason(each, builder, release) != null);
    AGREEMENTS.leaveOut(release, before - candidates.size());
    return candidates;
  }

  /** Some of all, by their names alone, so that a case that is added does not change the others. */
  private static List<Case> spread(List<Case> all, int wanted) {
    return all.stream()
        .sorted(
            Comparator.comparing(each -> Hashing.sha256().hashString(each.name(), UTF_8).asLong()))
        .limit(wanted)
        .toList();
  }

  /** Why the two results are not the same, or null. */
  private static String reason(Case each, String builder, String release) {
    String listed = tolerances.reason(release, each);
    return listed != null
        ? listed
        : each.notes().getOrDefault("slipway", each.notes().get(builder));
  }

  private static void compare(Case each, String builder, String release, Outcome theirs) {
    Outcome ours = OURS.get(each.name());
    List<String> left = tolerances.comparable(release, ours.lines());
    List<String> right = tolerances.comparable(release, theirs.lines());
    String reason = reason(each, builder, release);
    AGREEMENTS.count(release, reason != null, left.equals(right));
    if (reason == null) {
      assertThat(left).as(ours.log() + theirs.log()).containsExactlyElementsOf(right);
    } else if (tolerances.reason(release, each) != null) {
      assertThat(left).as("no longer so: " + reason).isNotEqualTo(right);
    }
  }

  @AfterAll
  static void close() throws IOException {
    System.out.print(AGREEMENTS);
    // for the summary of the whole run
    Files.writeString(
        Machine.repository().resolve("integration-tests/target/agreements.txt"),
        AGREEMENTS.toString());
    if (workshop != null) {
      workshop.close();
    }
  }
}
