package dev.slipway.assemble;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.oci.OciException;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Annotations in buildx's notation, {@code [PLACE[,PLACE…]:]key}. A place is one of {@link Place},
 * with the platform in brackets where it is for one only, as {@code manifest[linux/arm64]:key};
 * without a place it is the manifest.
 */
public final class Annotations {
  /** Where an annotation goes. */
  public enum Place {
    MANIFEST("manifest"),
    INDEX("index"),
    /** On what points at the manifest: the index's entry, or the layout's where there is none. */
    MANIFEST_DESCRIPTOR("manifest-descriptor"),
    /** On what points at the index. */
    INDEX_DESCRIPTOR("index-descriptor");

    private final String name;

    Place(String name) {
      this.name = name;
    }

    private static @Nullable Place of(String name) {
      for (Place place : values()) {
        if (place.name.equals(name)) {
          return place;
        }
      }
      return null;
    }
  }

  private record Annotation(Place place, @Nullable Platform platform, String key, String value) {}

  private final List<Annotation> all = new ArrayList<>();

  private Annotations() {}

  /**
   * @param hasIndex whether there will be an index
   * @throws BuildException for a place that there is not
   */
  public static Annotations of(Map<String, String> requested, boolean hasIndex) {
    Annotations annotations = new Annotations();
    requested.forEach((written, value) -> annotations.add(written, value, hasIndex));
    return annotations;
  }

  private void add(String written, String value, boolean hasIndex) {
    int colon = written.indexOf(':');
    String places = colon < 0 ? "" : written.substring(0, colon);
    // An annotation's own name has a dot before any colon; a place has none outside of brackets.
    if (colon < 0 || places.indexOf('.') >= 0) {
      all.add(new Annotation(Place.MANIFEST, null, written, value));
      return;
    }
    String key = written.substring(colon + 1);
    for (String each : places.split(",", -1)) {
      int bracket = each.endsWith("]") ? each.indexOf('[') : -1;
      Place place = Place.of(bracket < 0 ? each : each.substring(0, bracket));
      if (place == null) {
        throw new BuildException(
            "annotation '" + written + "' has no known place: '" + each + "'",
            null,
            "the places are manifest, index, manifest-descriptor and index-descriptor",
            null);
      }
      boolean ofIndex = place == Place.INDEX || place == Place.INDEX_DESCRIPTOR;
      if (ofIndex && !hasIndex) {
        throw new BuildException(
            "annotation '" + written + "' has no place: an image of one platform has no index",
            null,
            "name several with --platform, or write manifest:" + key,
            null);
      }
      Platform platform =
          bracket < 0 ? null : platform(written, each.substring(bracket + 1, each.length() - 1));
      all.add(new Annotation(place, platform, key, value));
    }
  }

  private static Platform platform(String written, String text) {
    try {
      // Whole platforms are wanted, so that nothing is taken from this one.
      return Platform.parse(text, new Platform("linux", "amd64"));
    } catch (OciException e) {
      throw new BuildException("annotation '" + written + "': " + e.getMessage(), e);
    }
  }

  /** Those for {@code place}, of an image for {@code platform} where it is an image's. */
  public Map<String, String> at(Place place, @Nullable Platform platform) {
    Map<String, String> selected = new TreeMap<>();
    for (Annotation each : all) {
      if (each.place == place && (each.platform == null || each.platform.equals(platform))) {
        selected.put(each.key, each.value);
      }
    }
    return selected;
  }
}
