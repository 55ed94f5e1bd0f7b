package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.it.Processes.Ended;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images squashed in every way, unpacked by umoci and compared file by file. */
class SquashTest {
  /** All that other programs have lost in squashing, one layer over the other. */
  private static final String DOCKERFILE =
      """
      FROM scratch AS base
      COPY busybox /bin/busybox
      SHELL ["/bin/busybox", "sh", "-c"]
      ENV PATH=/bin
      RUN for applet in mkdir rm ln chown mkfifo; do busybox ln -s busybox /bin/$applet; done \
       && mkdir -p /d /gone /opaque /etc \
       && echo a > /d/a && ln /d/a /d/linked && echo b > /d/b \
       && echo x > /gone/x && echo 1 > /opaque/1 && echo f > /file && ln -s d /link
      FROM base AS middle
      COPY --chmod=4711 big /big
      RUN rm -rf /gone /opaque /link /file \
       && mkdir /opaque /link /file && echo 2 > /opaque/2 && echo i > /link/in && echo k > /file/k
      FROM middle
      RUN rm -rf /d/b /link /file && ln -s etc /link && echo again > /file \
       && chown 7:8 /big && mkfifo /fifo && mkdir -m 1777 /tmp
      ENV KEPT=yes
      ENTRYPOINT ["/bin/busybox"]
      """;

  @TempDir Path temporary;
  private Path context;
  private Slipway slipway;

  @BeforeEach
  void writeContext() throws IOException {
    Machine.require("busybox");
    Machine.require("umoci");
    Machine.require("skopeo");
    Machine.requireRoot();
    slipway = Slipway.storingIn(temporary.resolve("store"));
    context = Files.createDirectory(temporary.resolve("context"));
    Processes.command("sh", "-c", "cp \"$(command -v busybox)\" " + context).run().orFail();
    Files.writeString(context.resolve("big"), "0123456789abcdef".repeat(50_000));
    Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
  }

  private Path build(String name, String type, Object... more) {
    Path file = temporary.resolve(name);
    Object[] words = new Object[more.length + 5];
    words[0] = "-o";
    words[1] = "type=" + type + ",dest=" + file;
    words[2] = "-t";
    words[3] = "it/squash:1";
    words[4] = context;
    System.arraycopy(more, 0, words, 5, more.length);
    slipway.build(words).orFail();
    return file;
  }

  private Path squash(String name, Object image, Object... more) {
    Path file = temporary.resolve(name);
    Object[] words = new Object[more.length + 5];
    words[0] = "-o";
    words[1] = "type=oci,dest=" + file;
    words[2] = "-t";
    words[3] = "it/squashed:1";
    words[4] = image;
    System.arraycopy(more, 0, words, 5, more.length);
    slipway.process("squash", words).run().orFail();
    return file;
  }

  /** Every file of an image with all that can be seen of it, as umoci unpacks it. */
  private String files(Path archive) throws IOException {
    Path work = Files.createTempDirectory(temporary, "unpacked-");
    Path layout = work.resolve("layout");
    Processes.command("skopeo", "copy", "-q", "oci-archive:" + archive, "oci:" + layout + ":x")
        .run()
        .orFail();
    Path bundle = work.resolve("bundle");
    Processes.command("umoci", "unpack", "--image", layout + ":x", bundle.toString())
        .run()
        .orFail();
    return Processes.command(
            "sh",
            "-c",
            "cd "
                + bundle
                + "/rootfs && find . -printf '%p %M %U %G %s %n %T@ %l\\n' | sort"
                + " && find . -type f -exec sha256sum {} + | sort")
        .run()
        .orFail()
        .text();
  }

  private static JsonNode config(Path archive) {
    return json("skopeo", "inspect", "--config", "oci-archive:" + archive);
  }

  private static JsonNode json(String... command) {
    return Json.parse(
        Processes.command(command).run().orFail().text().getBytes(StandardCharsets.UTF_8), "json");
  }

  private static int layers(Path archive) {
    return config(archive).get("rootfs").get("diff_ids").size();
  }

  @Test
  void whateverIsSquashedTheFilesStayTheSame() throws IOException {
    Path plain = build("plain.tar", "oci");
    String expected = files(plain);
    assertThat(layers(plain)).isEqualTo(5);
    assertThat(expected).contains("./d/linked ").doesNotContain("./gone");

    Path all = build("all.tar", "oci", "--squash=all");
    assertThat(layers(all)).isEqualTo(1);
    assertThat(files(all)).isEqualTo(expected);

    Path fromBase = build("base.tar", "oci", "--squash=from:base");
    assertThat(layers(fromBase)).isEqualTo(3);
    assertThat(files(fromBase)).isEqualTo(expected);

    String lowest = config(plain).get("rootfs").get("diff_ids").get(0).asText();
    Path fromDigest = build("digest.tar", "oci", "--squash=from:" + lowest);
    assertThat(layers(fromDigest)).isEqualTo(2);
    assertThat(files(fromDigest)).isEqualTo(expected);
    assertThat(config(squash("digest-again.tar", plain, "--from=" + lowest)))
        .isEqualTo(config(fromDigest));
  }

  @Test
  void imagesOfEveryKindAreSquashedAlike() throws IOException {
    Path plain = build("plain.tar", "oci");
    String expected = files(plain);

    Path fromArchive = squash("from-archive.tar", plain);
    assertThat(layers(fromArchive)).isEqualTo(1);
    assertThat(files(fromArchive)).isEqualTo(expected);

    Path docker = build("docker.tar", "docker");
    assertThat(squash("from-docker.tar", docker)).hasSameBinaryContentAs(fromArchive);

    Path layout = temporary.resolve("layout");
    Processes.command("skopeo", "copy", "-q", "oci-archive:" + plain, "oci:" + layout + ":x")
        .run()
        .orFail();
    assertThat(squash("from-layout.tar", layout)).hasSameBinaryContentAs(fromArchive);
    assertThat(squash("from-store.tar", "it/squash:1")).hasSameBinaryContentAs(fromArchive);
    assertThat(squash("again.tar", "it/squashed:1")).hasSameBinaryContentAs(fromArchive);
  }

  @Test
  void theConfigIsKeptAndTheHistoryTellsWhatHappened() {
    JsonNode plain = config(build("plain.tar", "oci"));
    JsonNode squashed = config(build("all.tar", "oci", "--squash=all"));

    assertThat(squashed.get("config")).isEqualTo(plain.get("config"));
    assertThat(squashed.get("created")).isEqualTo(plain.get("created"));
    JsonNode before = plain.get("history");
    JsonNode after = squashed.get("history");
    assertThat(after).hasSize(before.size() + 1);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).get("created_by")).isEqualTo(before.get(i).get("created_by"));
      assertThat(after.get(i).get("created")).isEqualTo(before.get(i).get("created"));
      assertThat(after.get(i).get("empty_layer").asBoolean()).isTrue();
    }
    JsonNode last = after.get(before.size());
    assertThat(last.get("created_by").asText()).isEqualTo("slipway squash");
    assertThat(last.get("comment").asText()).isEqualTo("5 layers as one");
    assertThat(last.has("empty_layer")).isFalse();
  }

  @Test
  void anImageOfARegistryIsSquashedAndPushed() throws IOException {
    try (Registry registry = Registry.start(temporary)) {
      String name = registry.address() + "/it/plain:1";
      String squashed = registry.address() + "/it/squashed:1";
      slipway.build("-t", name, "--push", context).orFail();
      Slipway stranger = Slipway.storingIn(temporary.resolve("other"));

      stranger.process("squash", name, "-t", squashed, "--push").run().orFail();

      JsonNode manifest =
          json("skopeo", "inspect", "--tls-verify=false", "--raw", "docker://" + squashed);
      assertThat(manifest.get("layers")).hasSize(1);
      Path pulled = temporary.resolve("pulled.tar");
      Processes.command(
              "skopeo",
              "copy",
              "-q",
              "--src-tls-verify=false",
              "docker://" + squashed,
              "oci-archive:" + pulled + ":x")
          .run()
          .orFail();
      assertThat(files(pulled)).isEqualTo(files(build("plain.tar", "oci")));
    }
  }

  @Test
  void everyPlatformOfAnIndexIsSquashed() throws IOException {
    Files.writeString(context.resolve("amd64"), "amd");
    Files.writeString(context.resolve("arm64"), "arm");
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /one\nCOPY big /two\n");
    Path plain = build("plain.tar", "oci", "--platform=linux/amd64,linux/arm64");

    Path squashed = squash("squashed.tar", plain);

    for (String architecture : new String[] {"amd64", "arm64"}) {
      JsonNode config =
          json(
              "skopeo",
              "inspect",
              "--override-arch=" + architecture,
              "--config",
              "oci-archive:" + squashed);
      assertThat(config.get("architecture").asText()).isEqualTo(architecture);
      assertThat(config.get("rootfs").get("diff_ids")).hasSize(1);
    }
  }

  @Test
  void aDockerEngineRunsWhatIsSquashed() {
    Path plain = build("plain.tar", "docker");
    Path squashed = temporary.resolve("squashed.tar");
    slipway
        .process("squash", plain, "-t", "it/squashed:1", "-o", "type=docker,dest=" + squashed)
        .run()
        .orFail();
    // Of a directory the file system's own figures are left out, and what the engine adds.
    String found =
        "busybox find / -xdev -mindepth 1 ! -path '/etc*' ! -path '/proc*' ! -path '/sys*'"
            + " ! -path '/dev*' ! -name .dockerenv ";
    String list =
        found
            + "! -type d -exec busybox stat -c '%N %A %u %g %h %s %Y' {} + && "
            + found
            + "-type d -exec busybox stat -c '%n %A %u %g %Y' {} + && busybox cat /d/* /file";

    try (DockerEngine engine = DockerEngine.start()) {
      engine.run("load", "--input", plain.toString()).orFail();
      List<String> expected = run(engine, "it/squash:1", list);
      assertThat(expected)
          .contains("again")
          .anyMatch(line -> line.startsWith("/opaque/2 "))
          .anyMatch(line -> line.startsWith("'/link' -> 'etc' "))
          .noneMatch(line -> line.startsWith("/gone"));
      engine.run("load", "--input", squashed.toString()).orFail();
      assertThat(run(engine, "it/squashed:1", list)).isEqualTo(expected);
      assertThat(
              engine.run("inspect", "-f", "{{len .RootFS.Layers}}", "it/squashed:1").text().strip())
          .isEqualTo("1");
    }
  }

  /** What it prints, in order: a directory's own is that of the file system below it. */
  private static List<String> run(DockerEngine engine, String image, String line) {
    return engine
        .run("run", "--rm", "--network=none", image, "sh", "-c", line)
        .orFail()
        .text()
        .lines()
        .sorted()
        .toList();
  }

  @Test
  void whatIsLeftOutOfAnIndexIsTold() throws IOException {
    Path layout = temporary.resolve("layout");
    slipway.build("-o", "type=oci,tar=false,dest=" + layout, "-t", "it/squash:1", context).orFail();
    byte[] manifest = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
    Digest attestation = Digest.of(manifest);
    Files.write(layout.resolve("blobs/sha256").resolve(attestation.hex()), manifest);
    ObjectNode index =
        (ObjectNode) Json.parse(Files.readAllBytes(layout.resolve("index.json")), "");
    ObjectNode image = (ObjectNode) index.get("manifests").get(0);
    ObjectNode inner = index.deepCopy();
    inner.put("mediaType", "application/vnd.oci.image.index.v1+json");
    for (String kind : new String[] {"attestation-manifest", ""}) {
      ObjectNode other = inner.withArray("manifests").addObject();
      other.put("mediaType", "application/vnd.oci.image.manifest.v1+json");
      other.put("digest", attestation.toString()).put("size", manifest.length);
      other.putObject("platform").put("os", "unknown").put("architecture", "unknown");
      if (!kind.isEmpty()) {
        other.putObject("annotations").put("vnd.docker.reference.type", kind);
      }
    }
    byte[] text = Json.write(inner);
    Files.write(layout.resolve("blobs/sha256").resolve(Digest.of(text).hex()), text);
    image.put("mediaType", "application/vnd.oci.image.index.v1+json");
    image.put("digest", Digest.of(text).toString()).put("size", text.length);
    image.remove("platform");
    Files.write(layout.resolve("index.json"), Json.write(index));

    Ended ended =
        slipway
            .process("squash", layout, "-o", "type=oci,dest=" + temporary.resolve("out.tar"))
            .run()
            .orFail();

    assertThat(ended.errors())
        .contains("warning: the attestations of the image are left out: one manifest")
        .contains("warning: the index has " + attestation + ", which is no image: it is left out");
  }

  /** A layer that was never fetched: COPY --link needs no look at what lies below it. */
  @Test
  void whatStartsFromARegistryIsLookedAtThoughItsLayersWereNeverFetched() throws IOException {
    try (Registry registry = Registry.start(temporary)) {
      String base = registry.address() + "/it/base:1";
      slipway.build("-t", base, "--push", context).orFail();
      Path linked = Files.createDirectory(temporary.resolve("linked"));
      Files.writeString(linked.resolve("new"), "new");
      Files.writeString(linked.resolve("Dockerfile"), "FROM " + base + "\nCOPY --link new /new\n");
      Slipway stranger = Slipway.storingIn(temporary.resolve("other"));
      String name = registry.address() + "/it/linked:1";
      stranger.build("-t", name, "--push", linked).orFail();

      JsonNode account =
          Json.parse(
              stranger
                  .process("analyze", "--format=json", name)
                  .run()
                  .orFail()
                  .text()
                  .getBytes(StandardCharsets.UTF_8),
              "account");
      assertThat(account.get("layers")).hasSize(6);
      assertThat(account.get("start").get("starts").asBoolean()).isTrue();
      Path squashed = temporary.resolve("linked.tar");
      stranger.process("squash", name, "-o", "type=oci,dest=" + squashed).run().orFail();
      assertThat(files(squashed)).contains("./new ", "./opaque/2 ");
      stranger.build("--start-check=error", "-t", name, linked).orFail();
    }
  }

  @Test
  void whatCannotBeSquashedIsTold() {
    Ended stage = slipway.build("--squash=from:nowhere", context);
    assertThat(stage.exitCode()).isEqualTo(1);
    assertThat(stage.errors())
        .contains("cannot squash from \"nowhere\": the target is not built on a stage of that");

    Ended layer = slipway.build("--squash=from:sha256:" + "0".repeat(64), context);
    assertThat(layer.exitCode()).isEqualTo(1);
    assertThat(layer.errors()).contains("the image has no such layer");

    Ended usage = slipway.build("--squash=some", context);
    assertThat(usage.exitCode()).isEqualTo(2);
    assertThat(usage.errors()).contains("--squash: squash \"some\" is not known");
  }
}
