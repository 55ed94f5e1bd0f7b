package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.it.Processes.Ended;
import dev.slipway.oci.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeTest {
  @TempDir Path temporary;
  private Path context;
  private Slipway slipway;

  @BeforeEach
  void writeContext() throws IOException {
    slipway = Slipway.storingIn(temporary.resolve("store"));
    context = Files.createDirectory(temporary.resolve("context"));
    byte[] random = new byte[300_000];
    new Random(1).nextBytes(random);
    Files.write(context.resolve("random"), random);
    Files.writeString(context.resolve("text"), "words, words, words\n".repeat(50_000));
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM scratch
        COPY random /data/random
        COPY --chmod=600 random /data/random
        COPY text "/data/</script><b>"
        """);
  }

  private Path build(String type, String... more) {
    Path file = temporary.resolve(type + String.join("", more).replaceAll("[^a-z]", "") + ".tar");
    Object[] words = new Object[more.length + 3];
    words[0] = "-o";
    words[1] = "type=" + type + ",dest=" + file;
    words[2] = context;
    System.arraycopy(more, 0, words, 3, more.length);
    slipway.build(words).orFail();
    return file;
  }

  private JsonNode account(Object image) {
    Ended ended = slipway.process("analyze", "--format=json", image).run().orFail();
    return Json.parse(ended.output(), "account");
  }

  private static void assertAddsUp(JsonNode account) {
    long sum = account.get("manifestSize").asLong() + account.get("configSize").asLong();
    for (JsonNode layer : account.get("layers")) {
      long members = 0;
      for (JsonNode member : layer.get("members")) {
        members += member.get("stored").asLong();
      }
      assertThat(members).isLessThanOrEqualTo(layer.get("stored").asLong());
      sum += layer.get("stored").asLong();
    }
    assertThat(account.get("size").asLong()).isEqualTo(sum);
    assertThat(account.get("waste").get(0).get("kind").asText()).isEqualTo("metadata-copy");
    assertThat(account.get("waste").get(0).get("advice").asText())
        .isEqualTo("COPY --chmod=0600 random /data/random");
  }

  @Test
  void everyKindOfArchiveAddsUp() {
    assertAddsUp(account(build("oci")));
    assertAddsUp(account(build("oci", "--compression=zstd")));
    assertAddsUp(account(build("docker")));
  }

  @Test
  void aLayoutThatSkopeoWroteAddsUp() {
    Machine.require("skopeo");
    Path layout = temporary.resolve("layout");
    Processes.command("skopeo", "copy", "oci-archive:" + build("oci"), "oci:" + layout + ":x")
        .run()
        .orFail();

    assertAddsUp(account(layout));
    assertAddsUp(account("oci-layout://" + layout + ":x"));
  }

  @Test
  void anImageOfARegistryIsDownloadedOnce() throws IOException {
    try (Registry registry = Registry.start(temporary)) {
      String name = registry.address() + "/it/analyzed:1";
      slipway.build("-t", name, "--push", context).orFail();
      slipway = Slipway.storingIn(temporary.resolve("another"));

      JsonNode first = account(name);
      assertAddsUp(first);
      deleteLayers(first);
      JsonNode second = account("docker-image://" + name);

      assertThat(second).isEqualTo(first);
      // What was analyzed is at hand to build on.
      Path child = Files.createDirectory(temporary.resolve("child"));
      Files.writeString(child.resolve("Dockerfile"), "FROM " + name + "\nCOPY Dockerfile /data/\n");
      slipway.build("-o", "type=oci,dest=" + temporary.resolve("child.tar"), child).orFail();
    }
  }

  /** Takes the layers out of the registry's directory: who asks for one fails. */
  private void deleteLayers(JsonNode account) throws IOException {
    for (JsonNode layer : account.get("layers")) {
      String hex = layer.get("digest").asText().substring("sha256:".length());
      Files.delete(
          temporary.resolve(
              "registry/docker/registry/v2/blobs/sha256/"
                  + hex.substring(0, 2)
                  + "/"
                  + hex
                  + "/data"));
    }
  }

  @Test
  void anImageOfTheStoreIsFoundByItsNameWithTheLinesThatMadeItsBytes() throws IOException {
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM scratch AS build
        COPY random /out/random
        COPY text /out/text
        FROM scratch
        COPY --from=build /out /app
        """);
    slipway.build("-t", "it/lines:1", context).orFail();

    JsonNode instructions = account("it/lines:1").get("instructions");
    assertThat(instructions)
        .extracting(each -> each.path("stage").asText() + ":" + each.path("line").asInt())
        .contains("build:2", "build:3", "stage-1:5");
    long sum = 0;
    for (JsonNode each : instructions) {
      sum += each.get("stored").asLong();
    }
    assertThat(sum).isEqualTo(account("it/lines:1").get("layersCost").get("stored").asLong());

    // A line more above, and everything is cached: the lines are those of the new text.
    Path dockerfile = context.resolve("Dockerfile");
    Files.writeString(dockerfile, "# a comment\n" + Files.readString(dockerfile));
    slipway.build("-t", "it/lines:1", context).orFail();
    assertThat(account("it/lines:1").get("instructions"))
        .extracting(each -> each.path("stage").asText() + ":" + each.path("line").asInt())
        .contains("build:3", "build:4", "stage-1:6");
  }

  @Test
  void secretsOfAllLayersAreToldByAnalyzeAndByTheBuild() throws IOException {
    Machine.require("openssl");
    Processes.command("openssl", "genrsa", "-out", context.resolve("id_rsa").toString(), "2048")
        .run()
        .orFail();
    Path file = temporary.resolve("secret.tar");
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM scratch\nCOPY id_rsa /keys/id_rsa\nCOPY text /keys/id_rsa\n");

    Ended build = slipway.build("-o", "type=oci,dest=" + file, context).orFail();
    Ended again = slipway.build(context).orFail();
    Ended fatal = slipway.build("--hygiene=error", "-o", "type=oci,dest=" + file + "2", context);
    Ended off = slipway.build("--hygiene=off", context).orFail();

    String warning = "secret in \"/keys/id_rsa\": private key, made by COPY id_rsa /keys/id_rsa";
    assertThat(build.errors()).contains("warning: " + warning + " in line 2; a later layer");
    assertThat(again.errors()).contains("warning: " + warning);
    assertThat(off.errors()).doesNotContain("secret in");
    assertThat(fatal.exitCode()).isEqualTo(1);
    assertThat(fatal.errors()).contains("error: " + warning);
    assertThat(Path.of(file + "2")).doesNotExist();
    assertThat(account(file).get("hygiene").get(0).get("kind").asText()).isEqualTo("hidden-secret");
  }

  @Test
  void limitsMakeItFailWithTheReason() {
    Path image = build("oci");

    Ended ended = slipway.process("analyze", "--max-waste=10%", "--no-root", image).run();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("error: image wastes ")
        .contains("error: image runs as root: it names no user");
  }

  @Test
  void aBuildOverItsLimitsWritesNothing() {
    Path file = temporary.resolve("none.tar");

    Ended ended =
        slipway.build("--max-layers=2", "--max-waste=1k", "-o", "type=oci,dest=" + file, context);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("error: image has 3 layers, at most 2 allowed")
        .contains("error: image wastes ");
    assertThat(file).doesNotExist();
  }

  @Test
  void thePageWorksInABrowser() throws IOException {
    Machine.require("chromium");
    Path page = temporary.resolve("page.html");
    slipway.process("analyze", "--html", page, build("oci")).run().orFail();

    Ended ended =
        Processes.command(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + temporary.resolve("profile"),
                "--window-size=1200,900",
                "--dump-dom",
                page.toUri().toString())
            .run()
            .orFail();

    assertThat(ended.text())
        .contains("class=\"tile dir\"")
        .contains(">random <small>")
        .contains("metadata copy: copied by COPY --chmod=600 random /data/random")
        .contains("&lt;/script&gt;&lt;b&gt;");
    assertThat(Files.readString(page)).doesNotContain("</script><b>");
  }
}
