package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.oci.Platform;
import dev.slipway.semantics.BuildTest;
import dev.slipway.semantics.BuiltImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code --annotation} puts what. */
class AnnotationsTest extends BuildTest {
  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static OutputSpec layout(Path directory) {
    return OutputSpec.ociArchive(directory).withAttribute("tar", "false");
  }

  private static JsonNode rootDocument(Path layout) throws IOException {
    String digest = json(layout.resolve("index.json")).at("/manifests/0/digest").textValue();
    return json(layout.resolve("blobs/sha256").resolve(digest.substring("sha256:".length())));
  }

  @Test
  void anImageHasThemInItsManifestAndOnWhatPointsAtIt() throws IOException {
    file("f", "1");
    BuiltImage image =
        build(
            "FROM scratch\nCOPY f /\n",
            request ->
                request
                    .annotation("plain", "1")
                    .annotation("org.example.a:b", "2")
                    .annotation("manifest,manifest-descriptor:both", "3"));
    Path layout = image.layout();
    JsonNode ofManifest = rootDocument(layout).get("annotations");
    assertThat(ofManifest.toString())
        .isEqualTo("{\"both\":\"3\",\"org.example.a:b\":\"2\",\"plain\":\"1\"}");
    assertThat(json(layout.resolve("index.json")).at("/manifests/0/annotations/both").textValue())
        .isEqualTo("3");
  }

  @Test
  void anIndexHasItsOwnAndThoseOfItsEntries() throws IOException {
    file("f", "1");
    BuiltImage image =
        build(
            "FROM scratch\nCOPY f /\n",
            request ->
                request
                    .platform(new Platform("linux", "amd64"))
                    .platform(new Platform("linux", "arm64"))
                    .annotation("index:of", "index")
                    .annotation("index-descriptor:points", "at it")
                    .annotation("manifest-descriptor[linux/arm64]:only", "arm"));
    Path layout = image.layout();
    JsonNode index = rootDocument(layout);
    assertThat(index.at("/annotations/of").textValue()).isEqualTo("index");
    assertThat(index.at("/manifests/0").has("annotations")).isFalse();
    assertThat(index.at("/manifests/1/annotations/only").textValue()).isEqualTo("arm");
    assertThat(json(layout.resolve("index.json")).at("/manifests/0/annotations/points").textValue())
        .isEqualTo("at it");
  }

  @Test
  void anOutputHasItsOwnButThoseOfTheRequestCountMore(@TempDir Path outputs) throws IOException {
    Path one = outputs.resolve("one");
    Path other = outputs.resolve("other");
    build(
        "FROM scratch\n",
        request ->
            request
                .annotation("manifest:said", "by the request")
                .output(
                    layout(one)
                        .withAttribute("annotation.said", "by the output")
                        .withAttribute("annotation.org.example.a/b", "1")
                        .withAttribute("annotation-manifest[linux/arm64].arm", "2")
                        .withAttribute("annotation-manifest-descriptor.points", "3"))
                .output(layout(other)));
    assertThat(rootDocument(one).get("annotations").toString())
        .isEqualTo("{\"org.example.a/b\":\"1\",\"said\":\"by the request\"}");
    assertThat(json(one.resolve("index.json")).at("/manifests/0/annotations/points").textValue())
        .isEqualTo("3");
    assertThat(rootDocument(other).get("annotations").toString())
        .isEqualTo("{\"said\":\"by the request\"}");
    assertThat(
            failure(
                "FROM scratch\n",
                request -> request.output(layout(other).withAttribute("annotation-index.a", "1"))))
        .hasMessageContaining("an image of one platform has no index");
    assertThat(
            failure(
                "FROM scratch\n",
                request -> request.output(layout(other).withAttribute("annotation-x.a", "1"))))
        .hasMessage("annotation 'x:a' has no known place: 'x'");
  }

  @Test
  void aLayoutTellsWhenItsImageWasMade() throws IOException {
    BuiltImage image =
        build("FROM scratch\n", request -> request.buildArg("SOURCE_DATE_EPOCH", "1000"));
    assertThat(
            json(image.layout().resolve("index.json"))
                .at("/manifests/0/annotations")
                .get("org.opencontainers.image.created")
                .textValue())
        .isEqualTo("1970-01-01T00:16:40Z");
  }

  @Test
  void whatHasNoPlaceIsRefused() {
    assertThat(failure("FROM scratch\n", request -> request.annotation("index:a", "1")))
        .hasMessage("annotation 'index:a' has no place: an image of one platform has no index");
    assertThat(failure("FROM scratch\n", request -> request.annotation("manifset:a", "1")))
        .hasMessage("annotation 'manifset:a' has no known place: 'manifset'");
  }
}
