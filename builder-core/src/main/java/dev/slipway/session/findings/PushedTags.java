package dev.slipway.session.findings;

import dev.slipway.BuildResult;
import dev.slipway.OutputSpec;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.inspect.hygiene.TagAdvice;
import dev.slipway.oci.Image;
import dev.slipway.reference.ImageReference;
import java.util.ArrayList;
import java.util.List;

/** Judges the tags that an image was pushed under. */
final class PushedTags {
  private PushedTags() {}

  /** Advice where no tag says what is inside; none where one does. */
  static List<HygieneFinding> advice(List<BuildResult.WrittenOutput> outputs, Image image) {
    List<HygieneFinding> advice = new ArrayList<>();
    for (BuildResult.WrittenOutput output : outputs) {
      if (output.spec().type() == OutputSpec.Type.REGISTRY) {
        for (String where : output.where()) {
          String tag = ImageReference.parse(where).tag();
          if (tag == null
              || TagAdvice.of(tag, image.config().config().labels()).map(advice::add).isEmpty()) {
            return List.of();
          }
        }
      }
    }
    return advice;
  }
}
