package dev.slipway.inspect.hygiene;

import dev.slipway.plan.Base;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.ResolvedImage;
import dev.slipway.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** The images that a Dockerfile names without a digest. */
public final class UnpinnedImages {
  private UnpinnedImages() {}

  /** Their names as written, each once. */
  public static List<String> of(List<PlannedStage> stages) {
    List<String> names = new ArrayList<>();
    for (PlannedStage stage : stages) {
      if (stage.base() instanceof Base.Image base) {
        addUnpinned(base.image(), names);
      }
      for (Step step : stage.steps()) {
        for (FileSource source : step.fileSources()) {
          if (source instanceof FileSource.Image from) {
            addUnpinned(from.image(), names);
          }
        }
      }
    }
    return names;
  }

  private static void addUnpinned(ResolvedImage image, List<String> names) {
    // The digest that was found stands at the end; one that was asked for stands before it.
    int found = image.name().lastIndexOf('@');
    String asked = found < 0 ? image.name() : image.name().substring(0, found);
    boolean isFile = asked.startsWith("/") || asked.startsWith(".");
    if (!isFile && asked.indexOf('@') < 0 && !names.contains(asked)) {
      names.add(asked);
    }
  }
}
