package dev.slipway;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is made of the target's state when it becomes an image.
 *
 * @param names the image's names, with tags
 * @param labels labels of the image beside those of the Dockerfile
 * @param annotations OCI annotations, in buildx's notation ({@code manifest:key})
 * @param squash which layers become one
 */
public record ImageOptions(
    List<String> names,
    Map<String, String> labels,
    Map<String, String> annotations,
    Squash squash) {
  public ImageOptions {
    names = List.copyOf(names);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }
}
