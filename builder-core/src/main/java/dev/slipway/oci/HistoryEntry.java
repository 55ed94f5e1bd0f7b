package dev.slipway.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of an image's history. Image-spec, config.md, "history".
 *
 * @param created RFC 3339, as read or from {@link Rfc3339#format}; empty for none
 * @param createdBy the instruction; empty for none
 * @param author empty for none
 * @param comment empty for none
 * @param emptyLayer whether it made no layer; an image has one layer for each entry that did
 */
public record HistoryEntry(
    String created, String createdBy, String author, String comment, boolean emptyLayer) {

  /** A history that tells of {@code layers} layers; some builders write more or fewer. */
  public static List<HistoryEntry> fitted(List<HistoryEntry> written, int layers) {
    int told = 0;
    for (HistoryEntry entry : written) {
      told += entry.emptyLayer() ? 0 : 1;
    }
    List<HistoryEntry> fitted = new ArrayList<>();
    for (int i = told; i < layers; i++) {
      fitted.add(new HistoryEntry("", "", "", "layer without history", false));
    }
    for (HistoryEntry entry : written) {
      boolean surplus = !entry.emptyLayer() && told > layers;
      if (surplus) {
        told--;
      }
      fitted.add(surplus ? entry.withoutLayer() : entry);
    }
    return fitted;
  }

  private HistoryEntry withoutLayer() {
    return new HistoryEntry(created, createdBy, author, comment, true);
  }

  static HistoryEntry read(ObjectNode node) {
    Fields fields = new Fields(node, "image config");
    return new HistoryEntry(
        fields.string("created"),
        fields.string("created_by"),
        fields.string("author"),
        fields.string("comment"),
        fields.bool("empty_layer"));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    Fields.put(node, "created", created);
    Fields.put(node, "created_by", createdBy);
    Fields.put(node, "author", author);
    Fields.put(node, "comment", comment);
    if (emptyLayer) {
      node.put("empty_layer", true);
    }
    return node;
  }
}
