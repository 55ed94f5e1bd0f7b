package dev.slipway.validate;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Checks an OCI layout against the image specification, byte by byte. It shares no code with what
 * it checks: JSON, tar and digests are read by others' libraries. Every test that makes an image
 * ends here.
 */
public final class ImageValidator {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private static final String OCI = "application/vnd.oci.image.";
  private static final String DOCKER = "application/vnd.docker.";
  private static final Set<String> MANIFESTS =
      Set.of(OCI + "manifest.v1+json", DOCKER + "distribution.manifest.v2+json");
  private static final Set<String> INDEXES =
      Set.of(OCI + "index.v1+json", DOCKER + "distribution.manifest.list.v2+json");
  private static final Set<String> CONFIGS =
      Set.of(OCI + "config.v1+json", DOCKER + "container.image.v1+json");

  private final Map<String, byte[]> files;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private ImageValidator(Map<String, byte[]> files) {
    this.files = files;
  }

  /** What is wrong with the layout in a directory, one line each; empty if nothing is. */
  public static List<String> problemsOfDirectory(Path layout) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (var paths = Files.walk(layout)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isRegularFile(path)) {
          files.put(layout.relativize(path).toString(), Files.readAllBytes(path));
        }
      }
    }
    return new ImageValidator(files).run();
  }

  /** What is wrong with the layout in a tar archive; also names members that a layout has not. */
  public static List<String> problemsOfArchive(Path tar) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    List<String> problems = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(tar);
        TarArchiveInputStream in = new TarArchiveInputStream(new BufferedInputStream(raw))) {
      for (TarArchiveEntry entry; (entry = in.getNextEntry()) != null; ) {
        if (entry.isDirectory()) {
          continue;
        }
        if (files.put(entry.getName(), in.readAllBytes()) != null) {
          problems.add("member " + entry.getName() + " comes twice");
        }
      }
    }
    problems.addAll(new ImageValidator(files).run());
    return problems;
  }

  private List<String> run() throws IOException {
    JsonNode layout = json("oci-layout", files.get("oci-layout"));
    if (!"1.0.0".equals(layout.path("imageLayoutVersion").asText())) {
      problems.add("oci-layout: imageLayoutVersion is " + layout.path("imageLayoutVersion"));
    }
    index("index.json", json("index.json", files.get("index.json")));
    for (String name : new TreeSet<>(files.keySet())) {
      if (name.startsWith("blobs/") && !seen.contains(name)) {
        problems.add(name + " is not referenced");
      }
    }
    return problems;
  }

  private void index(String where, JsonNode index) throws IOException {
    if (index.path("schemaVersion").asInt() != 2 || !index.path("manifests").isArray()) {
      problems.add(where + ": no index");
    }
    if (index.has("layers") || index.has("config")) {
      problems.add(where + ": an index with layers or config");
    }
    for (JsonNode descriptor : index.path("manifests")) {
      String type = descriptor.path("mediaType").asText();
      byte[] bytes = blob(where, descriptor);
      String name = descriptor.path("digest").asText();
      if (INDEXES.contains(type)) {
        index(name, sameType(name, type, bytes));
      } else if (MANIFESTS.contains(type)) {
        manifest(name, sameType(name, type, bytes), descriptor.path("platform"));
      } else {
        problems.add(where + ": an entry of type " + type);
      }
    }
  }

  private JsonNode sameType(String where, String type, byte[] bytes) throws IOException {
    JsonNode document = json(where, bytes);
    if (!type.equals(document.path("mediaType").asText())) {
      problems.add(where + ": mediaType is " + document.path("mediaType") + ", not " + type);
    }
    return document;
  }

  private void manifest(String where, JsonNode manifest, JsonNode platform) throws IOException {
    if (manifest.path("schemaVersion").asInt() != 2 || !manifest.path("layers").isArray()) {
      problems.add(where + ": no manifest");
    }
    if (manifest.has("manifests")) {
      problems.add(where + ": a manifest with manifests");
    }
    String type = manifest.path("config").path("mediaType").asText();
    if (!CONFIGS.contains(type)) {
      problems.add(where + ": a config of type " + type);
    }
    JsonNode config = json(where + " config", blob(where, manifest.path("config")));
    config(where + " config", config, platform);
    JsonNode diffIds = config.path("rootfs").path("diff_ids");
    JsonNode layers = manifest.path("layers");
    if (layers.size() != diffIds.size()) {
      problems.add(where + ": " + layers.size() + " layers, " + diffIds.size() + " diff_ids");
      return;
    }
    for (int i = 0; i < layers.size(); i++) {
      layer(where + " layer " + i, layers.get(i), diffIds.get(i).asText());
    }
  }

  private void config(String where, JsonNode config, JsonNode platform) {
    for (String field : List.of("os", "architecture")) {
      if (config.path(field).asText().isEmpty()) {
        problems.add(where + ": no " + field);
      }
      if (!platform.isMissingNode()
          && !platform.path(field).asText().equals(config.path(field).asText())) {
        problems.add(where + ": " + field + " differs from the descriptor's " + platform);
      }
    }
    if (!config.path("rootfs").path("diff_ids").isArray()
        || !"layers".equals(config.path("rootfs").path("type").asText())) {
      problems.add(where + ": rootfs is " + config.path("rootfs"));
    }
    int layers = 0;
    for (JsonNode entry : config.path("history")) {
      layers += entry.path("empty_layer").asBoolean() ? 0 : 1;
    }
    if (config.path("history").size() > 0
        && layers != config.path("rootfs").path("diff_ids").size()) {
      problems.add(where + ": history tells of " + layers + " layers");
    }
    noNulls(where, config);
  }

  private void noNulls(String where, JsonNode node) {
    if (node.isNull()) {
      problems.add(where + ": null");
    }
    node.properties().forEach(field -> noNulls(where + "." + field.getKey(), field.getValue()));
    if (node.isArray()) {
      node.forEach(each -> noNulls(where + "[]", each));
    }
  }

  private void layer(String where, JsonNode descriptor, String diffId) throws IOException {
    byte[] bytes = blob(where, descriptor);
    String type = descriptor.path("mediaType").asText();
    MessageDigest sha256 = sha256();
    try (DigestInputStream in = new DigestInputStream(unpack(where, type, bytes), sha256)) {
      tar(where, in);
      in.transferTo(OutputStream.nullOutputStream());
    }
    String found = "sha256:" + HexFormat.of().formatHex(sha256.digest());
    if (!found.equals(diffId)) {
      problems.add(where + ": its diffID is " + found + ", the config has " + diffId);
    }
  }

  private InputStream unpack(String where, String type, byte[] bytes) throws IOException {
    boolean gzip = bytes.length > 1 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b;
    boolean zstd = bytes.length > 1 && bytes[0] == 0x28 && (bytes[1] & 0xff) == 0xb5;
    if (gzip != (type.endsWith("+gzip") || type.endsWith(".gzip"))
        || zstd != (type.endsWith("+zstd") || type.endsWith(".zstd"))) {
      problems.add(where + ": its bytes are not of type " + type);
    }
    InputStream in = new ByteArrayInputStream(bytes);
    return gzip ? new GZIPInputStream(in) : zstd ? new ZstdInputStream(in) : in;
  }

  private void tar(String where, InputStream in) throws IOException {
    Set<String> names = new HashSet<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
      String name = entry.getName();
      if (name.startsWith("/") || ("/" + name + "/").contains("/../")) {
        problems.add(where + ": member " + name + " leaves the root");
      }
      if (!names.add(name.endsWith("/") ? name.substring(0, name.length() - 1) : name)) {
        problems.add(where + ": member " + name + " comes twice");
      }
      if (!entry.getUserName().isEmpty() || !entry.getGroupName().isEmpty()) {
        problems.add(where + ": member " + name + " has a user's name");
      }
      if (entry.isLink() && !names.contains(entry.getLinkName())) {
        problems.add(where + ": hard link " + name + " to what is not before it");
      }
    }
  }

  /** The blob that a descriptor points at, its size and digest checked. */
  private byte[] blob(String where, JsonNode descriptor) {
    String digest = descriptor.path("digest").asText();
    String name = "blobs/" + digest.replace(':', '/');
    byte[] bytes = files.get(name);
    seen.add(name);
    if (bytes == null) {
      problems.add(where + ": blob " + digest + " is missing");
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
    if (bytes.length != descriptor.path("size").asLong(-1)) {
      problems.add(where + ": blob " + digest + " has " + bytes.length + " bytes");
    }
    if (!digest.equals("sha256:" + HexFormat.of().formatHex(sha256().digest(bytes)))) {
      problems.add(where + ": blob " + digest + " has another digest");
    }
    return bytes;
  }

  private JsonNode json(String where, byte[] bytes) throws IOException {
    if (bytes == null) {
      problems.add(where + " is missing");
      return JSON.createObjectNode();
    }
    return JSON.readTree(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
