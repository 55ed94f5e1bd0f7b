package dev.slipway;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a build made.
 *
 * @param root the manifest, or the index where several platforms were asked for; null where no
 *     output wanted an image, but only its files
 * @param images an image a platform, in the order of the request
 * @param outputs what was written, in the order of the request
 * @param warnings what was found on the way, in the order found
 */
public record BuildResult(
    @Nullable Descriptor root,
    List<PlatformImage> images,
    List<WrittenOutput> outputs,
    List<Diagnostic> warnings) {

  public BuildResult {
    images = List.copyOf(images);
    outputs = List.copyOf(outputs);
    warnings = List.copyOf(warnings);
  }

  /**
   * The image of one platform.
   *
   * @param layers where its bytes come from, a share a layer, from the lowest
   */
  public record PlatformImage(Platform platform, Image image, List<LayerShare> layers) {
    public PlatformImage {
      layers = List.copyOf(layers);
    }
  }

  /**
   * What a layer adds to an image.
   *
   * @param line of its instruction in the Dockerfile; 0 for a layer of a base image
   * @param instruction as people know it; empty for a layer of a base image
   * @param size of its blob
   */
  public record LayerShare(int line, String instruction, long size) {}

  /**
   * An output that was written.
   *
   * @param where a path, or the names that were pushed
   */
  public record WrittenOutput(OutputSpec spec, List<String> where) {}
}
