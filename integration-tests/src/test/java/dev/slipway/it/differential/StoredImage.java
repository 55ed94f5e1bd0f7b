package dev.slipway.it.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image read from an archive in the OCI layout or in docker's format, by code that shares
 * nothing with Slipway.
 *
 * @param config its configuration
 * @param files what is at each path of its file system, in words
 */
record StoredImage(JsonNode config, Map<String, String> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of each layer, the lowest first, whether another image has it too. */
  List<Boolean> layersIn(StoredImage other) {
    List<Boolean> shared = new ArrayList<>();
    diffIds().forEach(id -> shared.add(other.diffIds().contains(id)));
    return shared;
  }

  private List<String> diffIds() {
    List<String> ids = new ArrayList<>();
    config.path("rootfs").path("diff_ids").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  static StoredImage read(Path archive) throws IOException {
    Map<String, byte[]> blobs = new HashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(open(Files.newInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          blobs.put(entry.getName().replaceFirst("^\\./", ""), tar.readAllBytes());
        }
      }
    }
    List<byte[]> layers = new ArrayList<>();
    byte[] config;
    if (blobs.containsKey("index.json")) {
      JsonNode manifest = manifest(blobs);
      manifest.path("layers").forEach(layer -> layers.add(blob(blobs, layer)));
      config = blob(blobs, manifest.path("config"));
    } else {
      JsonNode manifest = JSON.readTree(blobs.get("manifest.json")).get(0);
      manifest.path("Layers").forEach(name -> layers.add(blobs.get(name.asText())));
      config = blobs.get(manifest.path("Config").asText());
    }
    RootFileSystem files = new RootFileSystem();
    for (byte[] layer : layers) {
      try (InputStream content = open(new ByteArrayInputStream(layer))) {
        files.apply(content);
      }
    }
    return new StoredImage(JSON.readTree(config), files.describe());
  }

  private static JsonNode manifest(Map<String, byte[]> blobs) throws IOException {
    JsonNode node = JSON.readTree(blobs.get("index.json"));
    while (!node.has("config")) {
      JsonNode descriptor = node.has("manifests") ? node.path("manifests").get(0) : node;
      node = JSON.readTree(blob(blobs, descriptor));
    }
    return node;
  }

  private static byte[] blob(Map<String, byte[]> blobs, JsonNode descriptor) {
    return blobs.get("blobs/" + descriptor.path("digest").asText().replace(':', '/'));
  }

  private static InputStream open(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw);
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip ? new GZIPInputStream(in) : in;
  }
}
