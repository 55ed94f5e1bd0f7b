package dev.slipway.session.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.BuildRequest;
import dev.slipway.ContextSource;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.parse.DockerfileParser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForeignFrontendTest {
  private static BuildRequest.Builder request() {
    return BuildRequest.builder(new ContextSource.Empty());
  }

  @Test
  void anotherReaderOfTheDockerfileIsNamed() {
    assertThat(frontend("# syntax=docker/dockerfile:1\nFROM a\n", request())).isNull();
    assertThat(frontend("FROM a\n", request())).isNull();
    assertThat(frontend("# syntax=example.com/x:1\nFROM a\n", request()))
        .startsWith("Dockerfile:1:10: warning: 'example.com/x:1' is not run");
    assertThat(frontend("FROM a\n", request().buildArg("BUILDKIT_SYNTAX", "mine")))
        .startsWith("warning: 'mine' is not run");
  }

  private static @Nullable String frontend(String text, BuildRequest.Builder request) {
    Dockerfile dockerfile =
        DockerfileParser.parse("Dockerfile", text.getBytes(StandardCharsets.UTF_8));
    Diagnostic found = ForeignFrontend.find(request.build(), dockerfile);
    return found == null ? null : found.render();
  }
}
