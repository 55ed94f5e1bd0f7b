package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import com.sun.net.httpserver.HttpExchange;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Index;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import dev.slipway.registry.FakeRegistry;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images that are made to exhaust who builds from them: each is one line of refusal, in a JVM that
 * has little memory.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileRegistryTest {
  private static final int MIB = 1 << 20;
  private static final Platform PLATFORM =
      new Platform("linux", System.getProperty("os.arch").replace("aarch64", "arm64"));

  @TempDir Path directory;
  private FakeRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = new FakeRegistry();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** What the build from an image of that name says. */
  private String build(String name) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BombedBuilds.class.getName(),
                directory.toString(),
                registry.host(),
                name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> said = lines.lines().toList();
      assertThat(said).as("lines").hasSize(1);
      return said.get(0).substring(name.length() + 2);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void manifest(String name, MediaType type, byte[] bytes) {
    registry.addManifest(name, "latest", type.value(), bytes);
    registry.addManifest(name, Digest.of(bytes).toString(), type.value(), bytes);
  }

  private void image(String name, List<Descriptor> layers, List<DiffId> diffIds) {
    Image image =
        Image.of(ImageConfig.empty(PLATFORM).withDiffIds(diffIds), layers, Map.of(), false);
    registry.addBlob(image.configBytes());
    manifest(name, MediaType.OCI_MANIFEST, image.manifest().bytes());
  }

  /** Writes a layer's archive. */
  @FunctionalInterface
  private interface Archive {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private void imageOfLayer(String name, MediaType type, Archive archive) throws Exception {
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    OutputStream compressed =
        type.equals(MediaType.OCI_LAYER_GZIP)
            ? new GZIPOutputStream(blob)
            : new ZstdOutputStream(blob);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new DigestOutputStream(compressed, hash), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      archive.write(tar);
    }
    registry.addBlob(blob.toByteArray());
    image(
        name,
        List.of(Descriptor.of(type, blob.toByteArray())),
        List.of(new DiffId(new Digest(Digest.SHA256, HexFormat.of().formatHex(hash.digest())))));
  }

  private static boolean endless(HttpExchange exchange, int status, String type)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, 0);
    byte[] chunk = " ".repeat(MIB).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 10_000; i++) {
      exchange.getResponseBody().write(chunk);
    }
    return true;
  }

  @Test
  void aManifestWithoutEnd() throws Exception {
    registry.fault(
        exchange ->
            exchange.getRequestMethod().equals("GET")
                && endless(exchange, 200, MediaType.OCI_MANIFEST.value()));
    assertThat(build("evil"))
        .endsWith("/v2/evil/manifests/latest: the answer is longer than 4194304 bytes");
  }

  @Test
  void anErrorWithoutEnd() throws Exception {
    registry.fault(exchange -> endless(exchange, 403, "application/json"));
    assertThat(build("evil")).endsWith("/v2/evil/manifests/latest: 403");
  }

  @Test
  void aTokenWithoutEnd() throws Exception {
    registry.fault(
        exchange -> {
          if (exchange.getRequestURI().getPath().startsWith("/token")) {
            return endless(exchange, 200, "application/json");
          }
          exchange
              .getResponseHeaders()
              .add("WWW-Authenticate", "Bearer realm=\"" + registry.url() + "/token\"");
          FakeRegistry.reply(exchange, 401, new byte[0]);
          return true;
        });
    assertThat(build("evil")).endsWith(": the answer is longer than 1048576 bytes");
  }

  @Test
  void aConfigBeyondTheBound() throws Exception {
    byte[] config = new byte[9 * MIB];
    Descriptor descriptor = Descriptor.of(MediaType.OCI_CONFIG, config);
    registry.addBlob(config);
    manifest("evil", MediaType.OCI_MANIFEST, manifestWith(descriptor));
    assertThat(build("evil")).endsWith(" is too large for a document: 9437184 bytes");
  }

  private static byte[] manifestWith(Descriptor config) {
    return ("{\"schemaVersion\":2,\"mediaType\":\""
            + MediaType.OCI_MANIFEST
            + "\",\"config\":{\"mediaType\":\""
            + config.mediaType()
            + "\",\"digest\":\""
            + config.digest()
            + "\",\"size\":"
            + config.size()
            + "},\"layers\":[]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aConfigWithoutEnd() throws Exception {
    Descriptor descriptor = Descriptor.of(MediaType.OCI_CONFIG, new byte[100]);
    manifest("evil", MediaType.OCI_MANIFEST, manifestWith(descriptor));
    registry.fault(
        exchange ->
            exchange.getRequestURI().getPath().contains("/blobs/")
                && endless(exchange, 200, "application/octet-stream"));
    assertThat(build("evil")).endsWith(": the answer is longer than 100 bytes");
  }

  @Test
  void jsonThatIsDeep() throws Exception {
    String deep = "{\"schemaVersion\":2,\"x\":" + "[".repeat(MIB) + "]".repeat(MIB) + "}";
    manifest("evil", MediaType.OCI_MANIFEST, deep.getBytes(StandardCharsets.UTF_8));
    assertThat(build("evil"))
        .endsWith(
            "invalid manifest: Document nesting depth (101) exceeds the maximum allowed (100)");
  }

  @Test
  void jsonOfNothingButBrackets() throws Exception {
    String wide = "{\"architecture\":\"amd64\",\"x\":[" + "[],".repeat(2_700_000) + "[]]}";
    byte[] config = wide.getBytes(StandardCharsets.UTF_8);
    registry.addBlob(config);
    manifest(
        "evil", MediaType.OCI_MANIFEST, manifestWith(Descriptor.of(MediaType.OCI_CONFIG, config)));
    assertThat(build("evil"))
        .endsWith("Token count (1000001) exceeds the maximum allowed (1000000)");
  }

  @Test
  void aNumberOfImmenseSize() throws Exception {
    Descriptor config = Descriptor.of(MediaType.OCI_CONFIG, new byte[100]);
    String text = new String(manifestWith(config), StandardCharsets.UTF_8);
    byte[] huge = text.replace(":100}", ":1e999999999}").getBytes(StandardCharsets.UTF_8);
    manifest("evil", MediaType.OCI_MANIFEST, huge);
    assertThat(build("evil"))
        .endsWith("invalid manifest: \"size\": expected an integer, found a number");
  }

  @Test
  void indexesOfIndexes() throws Exception {
    Index index = Index.of(MediaType.OCI_INDEX, List.of(), Map.of());
    for (int i = 0; i < 100; i++) {
      manifest("evil", MediaType.OCI_INDEX, index.bytes());
      index =
          Index.of(
              MediaType.OCI_INDEX, List.of(index.descriptor().withPlatform(PLATFORM)), Map.of());
    }
    manifest("evil", MediaType.OCI_INDEX, index.bytes());
    assertThat(build("evil")).endsWith(":latest is nested too deep");
    assertThat(registry.requests()).hasSizeLessThan(20);
  }

  @Test
  void anIndexOfManyImagesThatDoNotSayTheirPlatform() throws Exception {
    List<Descriptor> images = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ImageConfig config = ImageConfig.empty(new Platform("linux", "s390x"));
      Image image = Image.of(config, List.of(), Map.of("i", Integer.toString(i)), false);
      registry.addBlob(image.configBytes());
      manifest("evil", MediaType.OCI_MANIFEST, image.manifest().bytes());
      images.add(Descriptor.of(MediaType.OCI_MANIFEST, image.manifest().bytes()));
    }
    manifest("evil", MediaType.OCI_INDEX, Index.of(MediaType.OCI_INDEX, images, Map.of()).bytes());
    assertThat(build("evil"))
        .endsWith(":latest has more than 50 images that do not say their platform");
    assertThat(registry.requests()).hasSizeLessThan(300);
  }

  @Test
  void layersInThousands() throws Exception {
    byte[] empty = new byte[1024];
    registry.addBlob(empty);
    int many = 20_000;
    image(
        "evil",
        Collections.nCopies(many, Descriptor.of(MediaType.OCI_LAYER, empty)),
        Collections.nCopies(many, new DiffId(Digest.of(empty))));
    assertThat(build("evil")).endsWith(":latest has 20000 layers, at most 1000 are accepted");
  }

  private static void zeros(TarArchiveOutputStream tar, String name, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    tar.putArchiveEntry(entry);
    byte[] chunk = new byte[MIB];
    for (long left = size; left > 0; left -= chunk.length) {
      tar.write(chunk);
    }
    tar.closeArchiveEntry();
  }

  @Test
  void aFileOfZerosIsReadInBoundedMemory() throws Exception {
    imageOfLayer("gzip", MediaType.OCI_LAYER_GZIP, tar -> zeros(tar, "zeros", 200L * MIB));
    assertThat(build("gzip")).isEqualTo("built");
  }

  @Test
  void zerosByZstdAreReadInBoundedMemory() throws Exception {
    imageOfLayer("zstd", MediaType.OCI_LAYER_ZSTD, tar -> zeros(tar, "zeros", 200L * MIB));
    assertThat(build("zstd")).isEqualTo("built");
  }

  @Test
  void attributesOfManyFiles() throws Exception {
    String value = "x".repeat(60_000);
    imageOfLayer(
        "evil",
        MediaType.OCI_LAYER_GZIP,
        tar -> {
          for (int i = 0; i < 2000; i++) {
            TarArchiveEntry entry = new TarArchiveEntry("f" + i);
            entry.addPaxHeader("SCHILY.xattr.user.x", i + value);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
          }
        });
    assertThat(build("evil")).endsWith(" at most 16 MiB and 1 KiB a member are accepted");
  }

  @Test
  void linksToLongNames() throws Exception {
    String target = "x".repeat(900_000);
    imageOfLayer(
        "evil",
        MediaType.OCI_LAYER_GZIP,
        tar -> {
          for (int i = 0; i < 120; i++) {
            extended(tar, pax("linkpath", i + target));
            tar.putArchiveEntry(new TarArchiveEntry("l" + i, TarArchiveEntry.LF_SYMLINK));
            tar.closeArchiveEntry();
          }
        });
    assertThat(build("evil"))
        .endsWith("symbolic link \"/l0\" with a target of 900001 bytes: at most 4095 are accepted");
  }

  @Test
  void extendedHeadersOfOneMember() throws Exception {
    String value = "x".repeat(1_000_000);
    imageOfLayer(
        "evil",
        MediaType.OCI_LAYER_GZIP,
        tar -> {
          for (int i = 0; i < 120; i++) {
            extended(tar, pax("k" + i, value));
          }
        });
    assertThat(build("evil")).endsWith(": at most 1 MiB is accepted");
  }

  private static void extended(TarArchiveOutputStream tar, byte[] body) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("pax", (byte) 'x');
    entry.setSize(body.length);
    tar.putArchiveEntry(entry);
    tar.write(body);
    tar.closeArchiveEntry();
  }

  private static byte[] pax(String keyword, String value) {
    int rest = keyword.length() + value.length() + 3;
    int length = rest + Integer.toString(rest + 7).length();
    return (length + " " + keyword + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
