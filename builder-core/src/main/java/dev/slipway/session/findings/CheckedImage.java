package dev.slipway.session.findings;

import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.session.output.ExecutedPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An image that is looked at before it is written.
 *
 * @param built has no layers where only its files are written
 */
public record CheckedImage(ExecutedPlan plan, ImageWithLayers built) {
  ExecutedStage target() {
    return plan.target();
  }

  Image image() {
    return built.image();
  }

  /** Whether only its files are written: then it has no layers. */
  boolean hasOnlyFiles() {
    return image().manifest().layers().isEmpty() && !target().layers().isEmpty();
  }

  /** What equal images have in common, so that what was found of one holds for the other. */
  Digest identity() {
    // A config names its layers; files alone have no such name.
    return hasOnlyFiles() ? ofFiles(target()) : image().manifest().config().digest();
  }

  /** What stages with equal files and an equal configuration have in common. */
  static Digest ofFiles(ExecutedStage target) {
    byte[] config =
        target
            .stage()
            .config()
            .withCreated("")
            .withHistory(List.of())
            .withDiffIds(List.of())
            .toBytes();
    StringBuilder text = new StringBuilder("files ").append(Digest.of(config));
    for (ExecutedLayer layer : target.layers()) {
      text.append(' ').append(layer.layer().id().hex());
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
