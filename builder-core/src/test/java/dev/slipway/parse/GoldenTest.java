package dev.slipway.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Dockerfiles under {@code src/test/resources/dev/slipway/parse/golden}, each beside what it must
 * parse to: {@code accepted} as a dump, {@code refused} as the messages it gets. Run with {@code
 * -Dslipway.golden.update=true} to write the expectations anew, and review the difference.
 */
class GoldenTest {
  private static final Path CASES =
      Path.of("src", "test", "resources", "dev", "slipway", "parse", "golden");
  private static final boolean UPDATE = Boolean.getBoolean("slipway.golden.update");

  @TestFactory
  List<DynamicTest> accepted() throws IOException {
    return cases("accepted");
  }

  @TestFactory
  List<DynamicTest> refused() throws IOException {
    return cases("refused");
  }

  private static List<DynamicTest> cases(String kind) throws IOException {
    try (Stream<Path> files = Files.list(CASES.resolve(kind))) {
      return files
          .filter(file -> file.toString().endsWith(".dockerfile"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(kind + "/" + file.getFileName(), () -> check(file)))
          .toList();
    }
  }

  private static void check(Path file) {
    try {
      ParseResult result = DockerfileParser.read("Dockerfile", Files.readAllBytes(file));
      boolean refused = file.toString().contains("refused");
      assertThat(result.errors().isEmpty()).as("has no errors").isEqualTo(!refused);
      String actual = refused ? messages(result.errors()) : Dump.of(result.dockerfile());
      Path expected = Path.of(file.toString().replaceFirst("dockerfile$", "txt"));
      if (UPDATE) {
        Files.writeString(expected, actual);
      }
      assertThat(actual).isEqualTo(Files.readString(expected));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String messages(List<Diagnostic> errors) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic error : errors) {
      out.append(error.render()).append('\n');
    }
    return out.toString();
  }
}
