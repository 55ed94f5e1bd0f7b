package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.oci.ImageConfig;
import dev.slipway.semantics.BuildTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SourceDateEpochTest extends BuildTest {
  private static final String DOCKERFILE = "ARG SOURCE_DATE_EPOCH=10\nFROM scratch\nLABEL a=b\n";

  @Test
  void aGlobalArgumentOfTheDockerfileIsTheTimeOfTheImage() {
    assertThat(build(DOCKERFILE).imageConfig().created()).isEqualTo("1970-01-01T00:00:10Z");
  }

  @Test
  void aBuildArgumentGoesFirst() {
    assertThat(
            build(DOCKERFILE, request -> request.buildArg("SOURCE_DATE_EPOCH", "20"))
                .imageConfig()
                .created())
        .isEqualTo("1970-01-01T00:00:20Z");
    assertThat(
            build(DOCKERFILE, request -> request.buildArg("SOURCE_DATE_EPOCH", ""))
                .imageConfig()
                .created())
        .doesNotStartWith("1970");
  }

  @Test
  void whatIsNoTimeIsRefusedByName() {
    assertThat(failure("ARG SOURCE_DATE_EPOCH=soon\nFROM scratch\n"))
        .hasMessage("invalid SOURCE_DATE_EPOCH: soon");
  }

  @Test
  void aDirectoryOfThisMachineHasNoTime() {
    assertThat(
            build(DOCKERFILE, request -> request.buildArg("SOURCE_DATE_EPOCH", "context"))
                .imageConfig()
                .created())
        .doesNotStartWith("1970");
  }

  @Test
  void aStageIsAsOldAsTheServerSaysOfWhatItAdds() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Last-Modified", "Sat, 01 Jan 2000 00:00:00 GMT");
          exchange.sendResponseHeaders(200, 1);
          exchange.getResponseBody().write('x');
          exchange.close();
        });
    server.start();
    try {
      String dockerfile =
          """
          ARG SOURCE_DATE_EPOCH=source
          FROM scratch AS source
          ADD http://localhost:%d/x /
          FROM scratch
          ARG SOURCE_DATE_EPOCH
          LABEL time=$SOURCE_DATE_EPOCH
          """
              .formatted(server.getAddress().getPort());
      ImageConfig config = build(dockerfile).imageConfig();
      assertThat(config.created()).isEqualTo("2000-01-01T00:00:00Z");
      assertThat(config.config().labels()).containsEntry("time", "946684800");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aStageThatDoesMoreThanAddARemoteSourceHasNoTime() {
    assertThat(
            failure(
                "ARG SOURCE_DATE_EPOCH=source\n"
                    + "FROM scratch AS source\nCOPY Dockerfile /\nFROM scratch\n"))
        .hasMessage("SOURCE_DATE_EPOCH stage does not meet source-only requirements");
  }
}
