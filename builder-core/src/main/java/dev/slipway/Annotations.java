package dev.slipway;

import dev.slipway.diagnostic.BuildException;
import java.util.Map;
import java.util.TreeMap;

/** Annotations in buildx's notation: {@code [manifest:|index:]key}. */
final class Annotations {
  private static final String MANIFEST = "manifest:";
  private static final String INDEX = "index:";

  private Annotations() {}

  static Map<String, String> ofManifest(Map<String, String> requested) {
    return select(requested, MANIFEST, true);
  }

  static Map<String, String> ofIndex(Map<String, String> requested) {
    return select(requested, INDEX, false);
  }

  private static Map<String, String> select(
      Map<String, String> requested, String prefix, boolean bare) {
    Map<String, String> selected = new TreeMap<>();
    requested.forEach(
        (key, value) -> {
          int colon = key.indexOf(':');
          String level = colon < 0 ? "" : key.substring(0, colon + 1);
          if (level.equals(prefix)) {
            selected.put(key.substring(colon + 1), value);
          } else if (level.isEmpty() || key.lastIndexOf('.', colon) >= 0) {
            if (bare) {
              selected.put(key, value);
            }
          } else if (!level.equals(MANIFEST) && !level.equals(INDEX)) {
            throw new BuildException(
                "annotation '" + key + "' is not supported: expected manifest: or index:");
          }
        });
    return selected;
  }
}
