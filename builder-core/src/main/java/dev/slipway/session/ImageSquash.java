package dev.slipway.session;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Squash;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.images.ExistingImages;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Index;
import dev.slipway.oci.Platform;
import dev.slipway.plan.Base;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.ResolvedImage;
import dev.slipway.progress.BuildListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Squashes an image that exists already: a build of one stage that starts from it and adds nothing.
 */
final class ImageSquash {
  private static final String UNKNOWN = "unknown";

  /** As BuildKit marks what it says of an image. */
  private static final String REFERENCE_TYPE = "vnd.docker.reference.type";

  private static final String ATTESTATION = "attestation-manifest";

  private final String image;
  private final SessionResources resources;
  private final ExistingImages existing;

  ImageSquash(String image, SessionResources resources) {
    this.image = image;
    this.resources = resources;
    this.existing =
        ImageOrigins.existingImages(resources.settings, resources.registries, resources.store);
  }

  /**
   * What is to be done.
   *
   * @param leftOut what of the image will not be there afterwards
   */
  record Order(BuildRequest request, List<Diagnostic> leftOut) {}

  /** The request, completed with the platforms and annotations that the image has. */
  static Order completed(BuildRequest request, ImageSource source, Platform own)
      throws IOException {
    BuildRequest.Builder complete = request.toBuilder();
    complete.squash(
        request.image().squash().extent() == Squash.Extent.NONE
            ? Squash.ALL
            : request.image().squash());
    Descriptor root = source.root();
    List<Image> images = new ArrayList<>();
    List<Descriptor> leftOut = new ArrayList<>();
    Map<String, String> ofIndex = Map.of();
    if (root.mediaType().isIndex()) {
      Index index = Index.parse(source.document(root), root.mediaType());
      ofIndex = index.annotations();
      for (Descriptor each : index.manifests()) {
        if (!isImage(each)) {
          leftOut.add(each);
        } else if (isWanted(each.platform(), request)) {
          images.add(source.image(each));
        }
      }
    } else {
      images.add(source.image(own));
    }
    if (request.platforms().isEmpty()) {
      images.forEach(each -> complete.platform(each.platform()));
    }
    if (images.size() > 1) {
      ofIndex.forEach((key, value) -> complete.annotation("index:" + key, value));
    }
    common(images).forEach((key, value) -> complete.annotation("manifest:" + key, value));
    request.image().annotations().forEach(complete::annotation);
    return new Order(complete.build(), warnings(leftOut));
  }

  private static List<Diagnostic> warnings(List<Descriptor> leftOut) {
    List<Diagnostic> warnings = new ArrayList<>();
    int attestations = 0;
    for (Descriptor each : leftOut) {
      if (ATTESTATION.equals(each.annotations().get(REFERENCE_TYPE))) {
        attestations++;
      } else {
        warnings.add(
            Diagnostic.warning(
                "the index has " + each.digest() + ", which is no image: it is left out", null));
      }
    }
    if (attestations > 0) {
      warnings.add(
          Diagnostic.warning(
                  "the attestations of the image are left out: "
                      + (attestations == 1 ? "one manifest" : attestations + " manifests"),
                  null)
              .withHint("they are about digests that are others once layers are squashed"));
    }
    return warnings;
  }

  /** Attestations are about digests that are others afterwards, so they are not taken over. */
  private static boolean isImage(Descriptor descriptor) {
    Platform platform = descriptor.platform();
    return descriptor.mediaType().isManifest()
        && (platform == null || !platform.os().equals(UNKNOWN));
  }

  private static boolean isWanted(@Nullable Platform platform, BuildRequest request) {
    if (request.platforms().isEmpty() || platform == null) {
      return true;
    }
    for (Platform wanted : request.platforms()) {
      if (wanted.runs(platform)) {
        return true;
      }
    }
    return false;
  }

  /** The annotations that all manifests have. */
  private static Map<String, String> common(List<Image> images) {
    Map<String, String> common = new HashMap<>();
    for (int i = 0; i < images.size(); i++) {
      Map<String, String> own = images.get(i).manifest().annotations();
      if (i == 0) {
        common.putAll(own);
      } else {
        common.entrySet().retainAll(own.entrySet());
      }
    }
    return common;
  }

  BuildResult run(BuildListener listener, List<Diagnostic> leftOut) {
    try (ImageSource archive = existing.archive(image)) {
      BuildSession session = new BuildSession(resources, listener);
      leftOut.forEach(session::warn);
      return session.run((platform, images) -> plan(platform, found(archive, platform)));
    } catch (IOException e) {
      throw new BuildException("cannot close \"" + image + "\": " + e.getMessage(), e);
    }
  }

  private ResolvedImage found(@Nullable ImageSource archive, Platform platform) {
    ResolvedImage found =
        archive != null
            ? resources.images.resolve(archive, platform)
            : resources.images.resolve(ExistingImages.reference(image).toString(), platform);
    if (!platform.runs(found.image().platform())) {
      throw new BuildException(
          "\"" + image + "\" is for " + found.image().platform() + ", not for " + platform);
    }
    return found;
  }

  private static BuildPlan plan(Platform platform, ResolvedImage found) {
    return new BuildPlan(
        platform,
        List.of(
            new PlannedStage(
                0, "", platform, new Base.Image(found), List.of(), found.image().config(), false)));
  }
}
