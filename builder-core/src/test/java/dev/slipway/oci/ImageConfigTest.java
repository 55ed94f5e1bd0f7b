package dev.slipway.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageConfigTest {
  private static final String FULL =
      """
      {"architecture":"arm","author":"somebody",\
      "config":{"User":"app","ExposedPorts":{"80/sctp":{},"8080/tcp":{}},\
      "Env":["PATH=/bin","A=b"],"Entrypoint":["/e"],"Cmd":["c"],"Volumes":{"/v":{}},\
      "WorkingDir":"/w/","Labels":{"a":"1","b":"2"},"StopSignal":"SIGQUIT","ArgsEscaped":true,\
      "Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":30000000000,"StartInterval":1000000000,\
      "Retries":3},"OnBuild":["RUN x"],"Shell":["/bin/bash","-c"],"Strange":[1,2.50]},\
      "created":"2026-01-02T03:04:05.0607Z",\
      "history":[{"created":"2026-01-02T03:04:05Z","created_by":"COPY a / # buildkit",\
      "comment":"buildkit.dockerfile.v0"},{"created_by":"CMD","empty_layer":true}],\
      "os":"linux","rootfs":{"type":"layers","diff_ids":\
      ["sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"]},\
      "variant":"v6","x-new":{"deep":null}}""";

  @Test
  void everyFieldSurvives() {
    ImageConfig config = ImageConfig.parse(bytes(FULL));

    assertThat(new String(config.toBytes(), StandardCharsets.UTF_8)).isEqualTo(FULL);
    assertThat(config.platform()).hasToString("linux/arm/v6");
    assertThat(config.config().healthcheck().startInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.config().exposedPorts()).containsExactly("80/sctp", "8080/tcp");
    assertThat(config.config().envValue("A")).isEqualTo("b");
    assertThat(config.config().envValue("PAT")).isNull();
    assertThat(config.unknown()).containsOnlyKeys("x-new");
  }

  @Test
  void anImageWithoutLayersHasEmptyListsNeverNull() { // semantics 111
    String json =
        new String(
            ImageConfig.empty(new Platform("linux", "amd64")).toBytes(), StandardCharsets.UTF_8);

    assertThat(json)
        .isEqualTo(
            "{\"architecture\":\"amd64\",\"config\":{},\"history\":[],\"os\":\"linux\","
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
  }

  @Test
  void nullMeansAbsentAsInGo() {
    String json =
        """
        {"architecture":"amd64","os":"linux","config":{"Env":null,"Labels":null,"Healthcheck":null},
         "history":null,"rootfs":{"type":"layers","diff_ids":null}}""";

    ImageConfig config = ImageConfig.parse(bytes(json));

    assertThat(config.diffIds()).isEmpty();
    assertThat(config.config()).isEqualTo(ContainerConfig.EMPTY);
  }

  @Test
  void aBuilderChangesOnlyWhatItIsTold() {
    ImageConfig config = ImageConfig.parse(bytes(FULL));

    ContainerConfig changed = config.config().toBuilder().user("other").build();

    assertThat(changed.user()).isEqualTo("other");
    assertThat(changed.toBuilder().user("app").build()).isEqualTo(config.config());
  }

  @Test
  void aHistoryThatCountsOtherLayersIsMadeToFit() {
    String more = FULL.replace(",\"empty_layer\":true", "");
    String fewer = FULL.replaceFirst("\"history\":\\[\\{", "\"history\":[{\"empty_layer\":true,");

    for (String json : List.of(more, fewer)) {
      assertThat(ImageConfig.parse(bytes(json)).history())
          .filteredOn(entry -> !entry.emptyLayer())
          .hasSize(1);
    }
  }

  @Test
  void whatAnOldBuilderTellsOfItsContainerIsNotForOtherImages() {
    String json =
        """
        {"architecture":"amd64","container":"f00","container_config":{"Cmd":["x"]},
         "config":{"Hostname":"h","Image":"sha256:f00","Tty":true,"StopTimeout":7,"Env":["A=b"]},
         "docker_version":"1.12","os":"linux","x-new":1}""";

    ImageConfig derived = ImageConfig.parse(bytes(json)).withoutItsContainer();

    assertThat(derived.unknown()).containsOnlyKeys("x-new");
    assertThat(derived.config().unknown()).containsOnlyKeys("StopTimeout");
    assertThat(derived.config().env()).containsExactly("A=b");
  }

  @Test
  void aFieldOfAnotherTypeIsRefusedByName() {
    assertThatThrownBy(() -> ImageConfig.parse(bytes("{\"config\":{\"Env\":\"PATH=/\"}}")))
        .isInstanceOf(OciException.class)
        .hasMessage("invalid image config: \"Env\": expected an array, found a string");
  }

  @Test
  void anImageWhoseConfigIsAnotherIsRefused() {
    byte[] config = bytes(FULL);
    Manifest manifest =
        Manifest.of(
            MediaType.OCI_MANIFEST,
            Descriptor.of(MediaType.OCI_CONFIG, bytes("{}")),
            List.of(),
            Map.of());

    assertThatThrownBy(() -> new Image(manifest, config))
        .isInstanceOf(OciException.class)
        .hasMessageContaining("does not have the digest");
  }

  @Test
  void timesAreWrittenAsGoWritesThem() {
    assertThat(Rfc3339.format(Instant.parse("2026-01-02T03:04:05.060700Z")))
        .isEqualTo("2026-01-02T03:04:05.0607Z");
    assertThat(Rfc3339.format(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(Rfc3339.parse("2026-01-02T05:04:05+02:00"))
        .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
