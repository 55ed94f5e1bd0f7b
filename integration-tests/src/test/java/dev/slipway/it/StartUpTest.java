package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the JVM loads for a small build, which is mostly the time that it takes. Whoever makes one
 * of these fail has made every build some milliseconds slower; docs/adr/start-up-by-class-data.md
 * tells what each costs.
 */
class StartUpTest {
  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  @BeforeEach
  void build() throws Exception {
    WORKSPACE.write(
        "Dockerfile",
        """
        FROM base AS build
        WORKDIR /src
        COPY main.c .
        RUN cp /bin/busybox program
        FROM scratch
        COPY --from=build /src/program /
        ENTRYPOINT ["/program"]
        """);
    WORKSPACE.write("main.c", "int main;\n");
    loadedBy();
  }

  /** A line a class, with where it was loaded from. */
  private List<String> loadedBy(String... words) throws Exception {
    Path log = WORKSPACE.path("classes");
    List<Object> line = new ArrayList<>(List.of(words));
    line.add("--build-context=base=oci-layout://" + Bases.busybox());
    line.addAll(List.of("-q", "-o", "type=oci,dest=" + WORKSPACE.path("image.tar")));
    line.add(WORKSPACE.directory());
    WORKSPACE
        .slipway()
        .process("build", line.toArray())
        .with("SLIPWAY_JAVA_OPTS", "-Xlog:class+load:file=" + log + ":none")
        .run()
        .orFail();
    return Files.readAllLines(log);
  }

  private static void assertNone(List<String> loaded, String... prefixes) {
    for (String prefix : prefixes) {
      assertThat(loaded).filteredOn(line -> line.startsWith(prefix)).isEmpty();
    }
  }

  @Test
  void everyClassOfOursIsFromTheArchive() throws Exception {
    for (String cache : new String[] {"--no-cache=false", "--no-cache"}) {
      assertThat(loadedBy(cache))
          .as(cache)
          .hasSizeGreaterThan(1000)
          .filteredOn(line -> line.startsWith("dev.slipway."))
          .hasSizeGreaterThan(300)
          .allMatch(line -> line.endsWith("shared objects file"));
    }
  }

  @Test
  void whereNothingHasChangedNothingIsStartedAndNoNativeCallMade() throws Exception {
    assertNone(
        loadedBy(),
        "com.sun.jna.",
        "java.lang.ProcessBuilder",
        "dev.slipway.worker.WorkerLink",
        "dev.slipway.layer.ParallelGzip");
  }

  @Test
  void noExpressionAndNoStreamIsLinked() throws Exception {
    for (String cache : new String[] {"--no-cache=false", "--no-cache"}) {
      assertNone(
          loadedBy(cache),
          "java.util.regex.Pattern$",
          "java.util.stream.ReferencePipeline$2", // filter
          "java.util.stream.ReferencePipeline$3", // map
          "java.util.stream.MatchOps",
          "java.util.stream.ReduceOps",
          "java.util.stream.Collectors");
    }
  }

  @Test
  void whatTalksToRegistriesIsNotLoadedWhereNoneIsAsked() throws Exception {
    assertNone(loadedBy(), "org.apache.http.impl.", "javax.net.ssl.", "java.net.http.");
  }
}
