package dev.slipway.assemble;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Index;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Rfc3339;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts manifest and config of an image together. */
public final class ImageAssembler {
  private final Clock clock;
  private final Optional<Instant> epoch;

  /**
   * @param clock dates an image that has no step of its own
   * @param epoch {@code SOURCE_DATE_EPOCH}: the time of the image and of what this build adds to
   *     its history
   */
  public ImageAssembler(Clock clock, Optional<Instant> epoch) {
    this.clock = clock;
    this.epoch = epoch;
  }

  /**
   * Assembles an image. An unchanged build gives the same bytes: times are those at which the steps
   * were done first.
   *
   * @param config with the history of the base and of the build, but no layers
   * @param layers the lowest first
   * @param annotations of the manifest
   * @param docker whether the documents have Docker's media types, not the OCI's
   */
  public Image assemble(
      ImageConfig config,
      List<AssembledLayer> layers,
      Map<String, String> annotations,
      boolean docker) {
    List<Descriptor> descriptors = new ArrayList<>();
    List<DiffId> diffIds = new ArrayList<>();
    for (AssembledLayer layer : layers) {
      Descriptor descriptor = layer.blob().descriptor();
      descriptors.add(
          docker ? descriptor.withMediaType(inDockerTerms(descriptor.mediaType())) : descriptor);
      diffIds.add(layer.blob().diffId());
    }
    Instant created = created(layers);
    ImageConfig dated =
        config
            .withDiffIds(diffIds)
            .withHistory(history(config.history(), layers, created))
            .withCreated(Rfc3339.format(created));
    return Image.of(dated, descriptors, annotations, docker);
  }

  /** An index over images of several platforms. */
  public Index index(List<Image> images, Map<String, String> annotations, boolean docker) {
    List<Descriptor> manifests = new ArrayList<>();
    for (Image image : images) {
      manifests.add(image.descriptor());
    }
    return Index.of(docker ? MediaType.DOCKER_INDEX : MediaType.OCI_INDEX, manifests, annotations);
  }

  private static MediaType inDockerTerms(MediaType type) {
    if (type.equals(MediaType.OCI_LAYER_GZIP)) {
      return MediaType.DOCKER_LAYER_GZIP;
    }
    if (type.equals(MediaType.OCI_LAYER_ZSTD)) {
      return MediaType.DOCKER_LAYER_ZSTD;
    }
    return type.equals(MediaType.OCI_LAYER) ? MediaType.DOCKER_LAYER : type;
  }

  private Instant created(List<AssembledLayer> layers) {
    if (epoch.isPresent()) {
      return epoch.get();
    }
    Instant latest = null;
    for (AssembledLayer layer : layers) {
      if (layer.created() != null && (latest == null || layer.created().isAfter(latest))) {
        latest = layer.created();
      }
    }
    return latest == null ? clock.instant() : latest;
  }

  /** One entry that is no empty layer for each layer, as readers demand; new ones with a time. */
  private List<HistoryEntry> history(
      List<HistoryEntry> written, List<AssembledLayer> layers, Instant created) {
    List<HistoryEntry> history = new ArrayList<>(fitted(written, layers.size()));
    Instant time = firstTime(layers).orElse(created);
    int layer = 0;
    for (int i = 0; i < history.size(); i++) {
      HistoryEntry entry = history.get(i);
      if (!entry.emptyLayer()) {
        Instant done = layers.get(layer++).created();
        time = done == null ? time : done;
      }
      if (entry.created().isEmpty()) {
        history.set(i, dated(entry, epoch.orElse(time)));
      }
    }
    return history;
  }

  private static Optional<Instant> firstTime(List<AssembledLayer> layers) {
    for (AssembledLayer layer : layers) {
      if (layer.created() != null) {
        return Optional.of(layer.created());
      }
    }
    return Optional.empty();
  }

  private static HistoryEntry dated(HistoryEntry entry, Instant time) {
    return new HistoryEntry(
        Rfc3339.format(time),
        entry.createdBy(),
        entry.author(),
        entry.comment(),
        entry.emptyLayer());
  }

  /** A base's history may tell of fewer or more layers than there are. */
  private static List<HistoryEntry> fitted(List<HistoryEntry> written, int layers) {
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
      fitted.add(
          surplus
              ? new HistoryEntry(
                  entry.created(), entry.createdBy(), entry.author(), entry.comment(), true)
              : entry);
    }
    return fitted;
  }
}
