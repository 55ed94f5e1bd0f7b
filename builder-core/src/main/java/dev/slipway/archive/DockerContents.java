package dev.slipway.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Json;
import dev.slipway.oci.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The images of an archive that {@code docker save} wrote. Docker's image specification v1.2,
 * "Combined Image JSON + Filesystem Changeset Format".
 */
final class DockerContents implements ImageArchive.Contents {
  private final ArchiveFiles files;
  private final List<Entry> entries;

  private DockerContents(ArchiveFiles files, List<Entry> entries) {
    this.files = files;
    this.entries = entries;
  }

  /**
   * @param config the name of the config's file
   * @param layers the names of the layers' files, the lowest first
   */
  record Entry(String config, List<String> tags, List<String> layers) {}

  static DockerContents read(ArchiveFiles files) throws IOException {
    JsonNode list = Json.parse(files.read("manifest.json", Manifest.MAX_SIZE), "manifest.json");
    List<Entry> entries = new ArrayList<>();
    if (list.isArray()) {
      for (JsonNode each : list) {
        String config = each.path("Config").asText("");
        if (!config.isEmpty()) {
          entries.add(new Entry(config, strings(each, "RepoTags"), strings(each, "Layers")));
        }
      }
    }
    if (entries.isEmpty()) {
      throw new ArchiveException("manifest.json in \"" + files.where() + "\" names no image");
    }
    return new DockerContents(files, entries);
  }

  private static List<String> strings(JsonNode node, String field) {
    List<String> strings = new ArrayList<>();
    for (JsonNode each : node.path(field)) {
      strings.add(each.asText());
    }
    return strings;
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Entry entry : entries) {
      names.addAll(entry.tags());
    }
    return List.copyOf(names);
  }

  @Override
  public ImageSource find(@Nullable String name) throws IOException {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (name == null ? entries.size() == 1 || isNamed(entry, "latest") : isNamed(entry, name)) {
        found.add(entry);
      }
    }
    if (found.size() != 1) {
      throw new ArchiveException(
          "\""
              + files.where()
              + "\" has "
              + (found.isEmpty() ? "no image" : "several images")
              + (name == null ? "" : " \"" + name + "\""),
          names().isEmpty() ? "it has no names" : "it has " + String.join(", ", names()),
          null);
    }
    return DockerImage.read(files, found.get(0));
  }

  /** By the whole name, the tag, or the digest of the config, which Docker calls the image's id. */
  private static boolean isNamed(Entry entry, String name) {
    for (String tag : entry.tags()) {
      if (tag.equals(name) || tag.endsWith(":" + name)) {
        return true;
      }
    }
    return name.startsWith("sha256:") && entry.config().contains(name.substring(7));
  }
}
