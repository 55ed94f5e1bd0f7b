package dev.slipway;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.inspect.start.StartVerdicts;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
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
 * @param repaired the Dockerfile that was built, where one that starts was asked for; else null
 */
public record BuildResult(
    @Nullable Descriptor root,
    List<PlatformImage> images,
    List<WrittenOutput> outputs,
    List<Diagnostic> warnings,
    @Nullable RepairedDockerfile repaired) {

  public BuildResult {
    images = List.copyOf(images);
    outputs = List.copyOf(outputs);
    warnings = List.copyOf(warnings);
  }

  /** With the Dockerfile that was built in place of the one given. */
  public BuildResult withRepaired(RepairedDockerfile dockerfile) {
    return new BuildResult(root, images, outputs, warnings, dockerfile);
  }

  /** With what the checks said of each of the images. */
  public BuildResult withVerdicts(
      List<StartVerdicts.Verdict> verdicts, List<List<HygieneFinding>> hygiene) {
    List<PlatformImage> told = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      PlatformImage image = images.get(i);
      told.add(
          new PlatformImage(
              image.platform(),
              image.image(),
              image.layers(),
              verdicts.get(i).smallerBase(),
              hygiene.get(i)));
    }
    return new BuildResult(root, told, outputs, warnings, repaired);
  }

  /**
   * The image of one platform.
   *
   * @param layers where its bytes come from, a share a layer, from the lowest
   * @param smallerBase one that starts the command too, for people; empty for none
   * @param hygiene what was found in it, the worst first; what is a problem is among the warnings
   *     too
   */
  public record PlatformImage(
      Platform platform,
      Image image,
      List<LayerShare> layers,
      String smallerBase,
      List<HygieneFinding> hygiene) {
    public PlatformImage {
      layers = List.copyOf(layers);
      hygiene = List.copyOf(hygiene);
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
