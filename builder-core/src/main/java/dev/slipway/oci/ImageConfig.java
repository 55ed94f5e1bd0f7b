package dev.slipway.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an image says of itself. Image-spec, config.md, with Docker's extensions. Immutable; the
 * digest of an image's config is that of its bytes as stored, not of {@link #toBytes}.
 *
 * @param created RFC 3339, as read or from {@link Rfc3339#format}; empty for none
 * @param author empty for none
 * @param diffIds one a layer, the lowest first
 * @param history the oldest first; empty, or as many entries that are not empty layers as layers
 * @param unknown fields that this program does not read
 */
public record ImageConfig(
    Platform platform,
    String created,
    String author,
    ContainerConfig config,
    List<DiffId> diffIds,
    List<HistoryEntry> history,
    Map<String, JsonNode> unknown) {

  private static final Set<String> OF_ITS_CONTAINER =
      Set.of("comment", "container", "container_config", "docker_version", "id", "parent");

  /** No config may be larger. */
  public static final int MAX_SIZE = 8 << 20;

  public ImageConfig {
    diffIds = List.copyOf(diffIds);
    history = List.copyOf(history);
    unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
  }

  /** A config with nothing in it, as of {@code FROM scratch}. */
  public static ImageConfig empty(Platform platform) {
    return new ImageConfig(platform, "", "", ContainerConfig.EMPTY, List.of(), List.of(), Map.of());
  }

  /**
   * Parses a config. A history that does not fit the layers is made to.
   *
   * @throws OciException if it is none
   */
  public static ImageConfig parse(byte[] bytes) {
    if (bytes.length > MAX_SIZE) {
      throw new OciException(
          "invalid image config: " + bytes.length + " bytes, at most " + MAX_SIZE);
    }
    Fields fields = new Fields(Json.parseObject(bytes, "image config"), "image config");
    ObjectNode config = fields.object("config");
    ObjectNode rootfs = fields.object("rootfs");
    List<DiffId> diffIds = List.of();
    if (rootfs != null) {
      List<String> texts = new Fields(rootfs, "image config").strings("diff_ids");
      List<DiffId> read = new ArrayList<>(texts.size());
      for (String text : texts) {
        read.add(DiffId.parse(text));
      }
      diffIds = read;
    }
    List<HistoryEntry> history = fields.objects("history", HistoryEntry::read);
    return new ImageConfig(
        readPlatform(fields),
        fields.string("created"),
        fields.string("author"),
        config == null ? ContainerConfig.EMPTY : ContainerConfig.read(config),
        diffIds,
        history.isEmpty() ? history : HistoryEntry.fitted(history, diffIds.size()),
        fields.unknown());
  }

  private static Platform readPlatform(Fields fields) {
    return new Platform(
        fields.string("os"),
        fields.string("architecture"),
        fields.string("variant"),
        fields.string("os.version"),
        fields.strings("os.features"));
  }

  /**
   * The document, with fields in the order in which BuildKit writes them; no layers are an empty
   * list, never null. Equal values give equal bytes.
   */
  public byte[] toBytes() {
    ObjectNode node = Json.object();
    node.put("architecture", platform.architecture());
    Fields.put(node, "author", author);
    node.set("config", config.write());
    Fields.put(node, "created", created);
    ArrayNode entries = node.putArray("history");
    for (HistoryEntry entry : history) {
      entries.add(entry.write());
    }
    node.put("os", platform.os());
    Fields.put(node, "os.features", platform.osFeatures());
    Fields.put(node, "os.version", platform.osVersion());
    ObjectNode rootfs = node.putObject("rootfs");
    rootfs.put("type", "layers");
    ArrayNode ids = rootfs.putArray("diff_ids");
    for (DiffId diffId : diffIds) {
      ids.add(diffId.toString());
    }
    Fields.put(node, "variant", platform.variant());
    Fields.putUnknown(node, unknown);
    return Json.write(node);
  }

  /** Without what an old builder told of the container that it made the image in. */
  public ImageConfig withoutItsContainer() {
    Map<String, JsonNode> left = new LinkedHashMap<>(unknown);
    left.keySet().removeAll(OF_ITS_CONTAINER);
    ContainerConfig run = config.withoutItsContainer();
    return new ImageConfig(platform, created, author, run, diffIds, history, left);
  }

  public ImageConfig withPlatform(Platform newPlatform) {
    return new ImageConfig(newPlatform, created, author, config, diffIds, history, unknown);
  }

  public ImageConfig withCreated(String newCreated) {
    return new ImageConfig(platform, newCreated, author, config, diffIds, history, unknown);
  }

  public ImageConfig withAuthor(String newAuthor) {
    return new ImageConfig(platform, created, newAuthor, config, diffIds, history, unknown);
  }

  public ImageConfig withConfig(ContainerConfig newConfig) {
    return new ImageConfig(platform, created, author, newConfig, diffIds, history, unknown);
  }

  public ImageConfig withDiffIds(List<DiffId> newDiffIds) {
    return new ImageConfig(platform, created, author, config, newDiffIds, history, unknown);
  }

  public ImageConfig withHistory(List<HistoryEntry> newHistory) {
    return new ImageConfig(platform, created, author, config, diffIds, newHistory, unknown);
  }
}
