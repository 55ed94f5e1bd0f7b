package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.CheckResult;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.lint.LintInputs;
import dev.slipway.lint.Linter;
import dev.slipway.lint.Outline;
import dev.slipway.parse.DockerfileParser;
import dev.slipway.parse.ParseResult;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileJsonTest {
  private static Dockerfile parse(String text) {
    return DockerfileParser.parse("Dockerfile", text.getBytes(UTF_8));
  }

  private static JsonNode json(String text) throws IOException {
    assertThat(text).doesNotContain("\n");
    return new ObjectMapper().readTree(text);
  }

  @Test
  void aFindingHasItsRuleItsPlaceAndItsText() throws IOException {
    String text = "FROM scratch\nENV a b\n";
    List<Diagnostic> findings = Linter.lint(parse(text), LintInputs.builder().build());
    JsonNode json = json(DockerfileJson.check(new CheckResult(findings, List.of())));
    JsonNode warning = json.at("/warnings/0");
    assertThat(warning.get("ruleName").textValue()).isEqualTo("LegacyKeyValueFormat");
    assertThat(warning.get("description").textValue()).startsWith("Legacy key/value format");
    assertThat(warning.get("url").textValue())
        .isEqualTo("https://docs.docker.com/go/dockerfile/rule/legacy-key-value-format/");
    assertThat(warning.get("detail").textValue()).contains("\"ENV key=value\"");
    assertThat(warning.get("location").toString())
        .isEqualTo(
            "{\"ranges\":[{\"start\":{\"line\":2,\"character\":4},\"end\":{\"line\":2,\"character\":5}}]}");
    JsonNode source = json.at("/sources/0");
    assertThat(source.get("filename").textValue()).isEqualTo("Dockerfile");
    assertThat(Base64.getDecoder().decode(source.get("data").textValue()))
        .isEqualTo(text.getBytes(UTF_8));
    assertThat(json.has("buildError")).isFalse();
  }

  @Test
  void anErrorIsToldBesideTheFindings() throws IOException {
    ParseResult read = DockerfileParser.read("Dockerfile", "FROM scratch\nRNU x\n".getBytes(UTF_8));
    JsonNode json = json(DockerfileJson.check(new CheckResult(List.of(), read.errors())));
    assertThat(json.get("warnings")).isEmpty();
    assertThat(json.at("/buildError/message").textValue()).contains("unknown instruction: RNU");
    assertThat(json.at("/buildError/location/ranges/0/start/line").intValue()).isEqualTo(2);
  }

  @Test
  void nothingFoundIsAnEmptyList() {
    assertThat(DockerfileJson.check(new CheckResult(List.of(), List.of())))
        .isEqualTo("{\"warnings\":[],\"sources\":[]}");
  }

  @Test
  void anOutlineNamesWhatCanBeGiven() throws IOException {
    Dockerfile file =
        parse(
            """
            # app is what runs
            FROM scratch AS app
            # VERSION of it
            ARG VERSION=1.2
            RUN --mount=type=secret,id=token,required=true --mount=type=ssh true
            """);
    Outline outline = Outline.of(file, file.stages().get(0), LintInputs.builder().build());
    JsonNode json = json(DockerfileJson.outline(outline));
    assertThat(json.get("name").textValue()).isEqualTo("app");
    assertThat(json.get("description").textValue()).isEqualTo("is what runs");
    assertThat(json.at("/args/0/name").textValue()).isEqualTo("VERSION");
    assertThat(json.at("/args/0/value").textValue()).isEqualTo("1.2");
    assertThat(json.at("/args/0/description").textValue()).isEqualTo("of it");
    assertThat(json.at("/args/0/location/ranges/0/start/line").intValue()).isEqualTo(4);
    assertThat(json.at("/secrets/0/name").textValue()).isEqualTo("token");
    assertThat(json.at("/secrets/0/required").booleanValue()).isTrue();
    assertThat(json.at("/ssh/0/name").textValue()).isEqualTo("default");
    assertThat(json.at("/ssh/0").has("required")).isFalse();
    assertThat(json.get("sources")).hasSize(1);
  }

  @Test
  void anOutlineOfNothingHasItsTextOnly() {
    Dockerfile file = parse("FROM scratch\n");
    Outline outline = Outline.of(file, file.stages().get(0), LintInputs.builder().build());
    assertThat(DockerfileJson.outline(outline))
        .isEqualTo("{\"sources\":[\"RlJPTSBzY3JhdGNoCg==\"]}");
  }

  @Test
  void targetsAreAllStagesAndTheLastIsTheDefault() throws IOException {
    Dockerfile file = parse("# a is first\nFROM --platform=$BUILDPLATFORM scratch AS a\nFROM a\n");
    JsonNode json = json(DockerfileJson.targets(Outline.targets(file)));
    assertThat(json.at("/targets/0/name").textValue()).isEqualTo("a");
    assertThat(json.at("/targets/0/description").textValue()).isEqualTo("is first");
    assertThat(json.at("/targets/0/base").textValue()).isEqualTo("scratch");
    assertThat(json.at("/targets/0/platform").textValue()).isEqualTo("$BUILDPLATFORM");
    assertThat(json.at("/targets/0").has("default")).isFalse();
    assertThat(json.at("/targets/1").has("name")).isFalse();
    assertThat(json.at("/targets/1/default").booleanValue()).isTrue();
    assertThat(json.at("/targets/1/location/ranges/0/start/line").intValue()).isEqualTo(3);
  }
}
