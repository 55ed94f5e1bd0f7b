package dev.slipway.inspect.account;

import dev.slipway.tree.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that could be left out.
 *
 * @param layer the index of the layer that holds them
 * @param cost of the content; no byte is in two findings that are certain
 * @param detail what makes it waste, as {@code deleted by RUN rm -r /src}
 * @param advice what to do about it, or null
 */
public record Waste(
    Kind kind, TreePath path, int layer, Cost cost, String detail, @Nullable String advice) {

  /** Why something is wasted. */
  public enum Kind {
    /** A later layer has another file there. */
    OVERWRITTEN("overwritten in a later layer", true),
    /** A later layer takes it away. */
    DELETED("deleted in a later layer", true),
    /** A later layer has the same content again, with another mode or owner. */
    METADATA_COPY("copied again for a mode or owner", true),
    /** What a package manager downloaded or can download again. */
    PACKAGE_CACHE("package cache", true),
    /** A log with a record for each user id, nearly all of it zeros. */
    SPARSE_LOG("sparse log", true),
    /** The same content is at another path. */
    DUPLICATE("same content twice", true),
    /** What only a debugger reads. */
    DEBUG_INFO("symbols and debug information", false),
    /** A library that no program of the image is linked with; it may still be loaded by name. */
    UNUSED_LIBRARY("library that nothing is linked with", false);

    private final String label;
    private final boolean certain;

    Kind(String label, boolean certain) {
      this.label = label;
      this.certain = certain;
    }

    /** For people. */
    public String label() {
      return label;
    }

    /** Whether it is waste in any case, not only in most. */
    public boolean isCertain() {
      return certain;
    }
  }
}
