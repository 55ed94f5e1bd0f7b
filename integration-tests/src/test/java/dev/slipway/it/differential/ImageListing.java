package dev.slipway.it.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * An image as sorted lines for people: its configuration, then how its files differ from a base's.
 */
final class ImageListing {
  /** Only images made from the base have it. */
  private static final String BASE_MARK = "/bin/busybox";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int LONGEST = 1000;
  private static final int SHOWN = 60;

  private ImageListing() {}

  /** The configuration's fields that have a value, then a line for each change to the base. */
  static List<String> of(StoredImage image, Map<String, String> baseFiles) {
    List<String> lines = new ArrayList<>(config(image.config()));
    Map<String, String> files = image.files();
    Map<String, String> base = files.containsKey(BASE_MARK) ? baseFiles : Map.of();
    files.forEach(
        (path, text) -> {
          if (!text.equals(base.get(path))) {
            lines.add("file " + path + " " + text);
          }
        });
    base.keySet().stream()
        .filter(path -> !files.containsKey(path))
        .forEach(path -> lines.add("gone " + path));
    lines.replaceAll(ImageListing::shortened);
    return lines;
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST
        ? line
        : line.substring(0, SHOWN) + "... (" + line.length() + " characters)";
  }

  private static List<String> config(JsonNode image) {
    List<String> lines = new ArrayList<>();
    for (String field : List.of("architecture", "os", "author")) {
      if (image.hasNonNull(field) && !image.get(field).asText().isEmpty()) {
        lines.add(field + " " + image.get(field).asText());
      }
    }
    JsonNode config = image.path("config");
    List<String> names = new ArrayList<>();
    config.fieldNames().forEachRemaining(names::add);
    Collections.sort(names);
    for (String name : names) {
      values(name, config.get(name), lines);
    }
    for (JsonNode entry : image.path("history")) {
      boolean empty = entry.path("empty_layer").asBoolean();
      lines.add((empty ? "history (empty) " : "history ") + quoted(entry.path("created_by")));
    }
    return lines;
  }

  private static void values(String name, JsonNode value, List<String> lines) {
    switch (name) {
      case "Env", "OnBuild" -> value.forEach(each -> lines.add(name + " " + quoted(each)));
      case "Labels", "ExposedPorts", "Volumes" -> {
        List<String> sorted = new ArrayList<>();
        for (Iterator<String> keys = value.fieldNames(); keys.hasNext(); ) {
          String key = keys.next();
          sorted.add(name + " " + key + " " + value.get(key));
        }
        Collections.sort(sorted);
        // buildah signs its images so
        sorted.removeIf(line -> line.startsWith("Labels io.buildah.version"));
        lines.addAll(sorted);
      }
      default -> {
        boolean unset =
            value.isNull()
                || value.isTextual() && value.asText().isEmpty()
                || value.isBoolean() && !value.asBoolean()
                || value.isArray() && value.isEmpty() && !name.equals("Cmd");
        // docker's own bookkeeping
        if (!unset && !List.of("Image", "Hostname").contains(name)) {
          lines.add(name + " " + value);
        }
      }
    }
  }

  private static String quoted(JsonNode text) {
    return JSON.valueToTree(text.asText()).toString();
  }
}
