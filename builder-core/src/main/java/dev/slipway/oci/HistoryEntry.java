package dev.slipway.oci;

import com.fasterxml.jackson.databind.node.ObjectNode;

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
