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
