package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/semantics.md tells of each behaviour, and of a test that names it. */
class TableTest {
  private static final int LAST = 115;
  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+) \\| .+ \\| `([\\w.]+)#(\\w+)` \\| .*\\|");

  private static List<Matcher> rows() throws IOException {
    List<Matcher> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/semantics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void eachBehaviourHasARow() throws IOException {
    List<Integer> numbers = rows().stream().map(row -> Integer.valueOf(row.group(1))).toList();
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, LAST).boxed().toList());
  }

  @Test
  void eachRowNamesATestThatNamesIt() throws IOException {
    for (Matcher row : rows()) {
      String path = "src/test/java/dev/slipway/" + row.group(2).replace('.', '/') + ".java";
      Path source = Path.of(path);
      if (!Files.exists(source)) {
        source = Path.of("../integration-tests").resolve(path);
      }
      assertThat(source).as(row.group()).exists();
      String test = row.group(3);
      assertThat(Files.readString(source)).as(row.group()).contains("void " + test + "(");
      assertThat(test).as(row.group()).matches("\\D+(\\d+and)*" + row.group(1) + "\\D.*");
    }
  }
}
