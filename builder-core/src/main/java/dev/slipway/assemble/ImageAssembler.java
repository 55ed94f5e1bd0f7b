package dev.slipway.assemble;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
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
   * @param config with the history of the base and of the build, an entry for each layer before any
   *     was squashed; its layers do not count, its time does where no step has one
   * @param layers the lowest first; only the last may be squashed
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
    Instant created = created(config, layers);
    ImageConfig dated =
        config
            .withDiffIds(diffIds)
            .withHistory(LayerHistory.of(config.history(), layers, created, epoch))
            .withCreated(Rfc3339.format(created));
    return Image.of(dated, descriptors, annotations, docker);
  }

  /** An index over the manifests of several platforms. */
  public Index index(List<Descriptor> manifests, Map<String, String> annotations, boolean docker) {
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

  private Instant created(ImageConfig config, List<AssembledLayer> layers) {
    if (epoch.isPresent()) {
      return epoch.get();
    }
    Instant latest = null;
    for (AssembledLayer layer : layers) {
      Instant done = layer.latest();
      if (done != null && (latest == null || done.isAfter(latest))) {
        latest = done;
      }
    }
    if (latest != null) {
      return latest;
    }
    // An image that is only squashed is as old as it was: the same every time it is done.
    return config.created().isEmpty() ? clock.instant() : Rfc3339.parse(config.created());
  }
}
