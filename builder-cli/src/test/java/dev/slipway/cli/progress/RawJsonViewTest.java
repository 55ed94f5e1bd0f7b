package dev.slipway.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.SourceFile;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.BuildEvent.Warning;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawJsonViewTest {
  private final Script script = new Script();
  private final RawJsonView view =
      new RawJsonView(script.stream(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  private JsonNode line(int number) throws Exception {
    return new ObjectMapper().readTree(script.text().split("\n")[number]);
  }

  @Test
  void everyEventIsOneObject() throws Exception {
    view.on(Script.started(1, TaskKind.PULL, "a\"b", 1, 2, "FROM x"));
    view.on(Script.printed(1, "quote \" backslash \\ newline \n bell \u0007 ü"));
    view.on(Script.moved(1, 5, -1));
    view.on(Script.finished(1, Outcome.CACHED, "d"));
    assertThat(line(0).get("event").asText()).isEqualTo("started");
    assertThat(line(0).get("kind").asText()).isEqualTo("pull");
    assertThat(line(0).get("group").asText()).isEqualTo("a\"b");
    assertThat(line(0).get("time").asText()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(line(1).get("text").asText())
        .isEqualTo("quote \" backslash \\ newline \n bell \u0007 ü");
    assertThat(line(2).get("done").asLong()).isEqualTo(5);
    assertThat(line(3).get("outcome").asText()).isEqualTo("cached");
  }

  @Test
  void aFindingHasItsPlace() throws Exception {
    SourceFile file = new SourceFile("Dockerfile", "FROM a\nRUN b\n");
    Diagnostic diagnostic =
        Diagnostic.warning("odd", file.span(7, 12)).withHint("try c").withCode("Rule");
    view.on(new Warning(diagnostic));
    view.failed(List.of(diagnostic));
    assertThat(line(0).get("event").asText()).isEqualTo("warning");
    assertThat(line(0).get("line").asInt()).isEqualTo(2);
    assertThat(line(1).get("event").asText()).isEqualTo("failed");
    assertThat(line(1).get("code").asText()).isEqualTo("Rule");
  }
}
