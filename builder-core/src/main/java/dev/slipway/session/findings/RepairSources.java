package dev.slipway.session.findings;

import dev.slipway.execute.ExecutedStage;
import dev.slipway.inspect.start.StageTree;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Step;
import dev.slipway.session.input.ImageCatalog;
import java.util.ArrayList;
import java.util.List;

/**
 * What a target stage can copy missing files from: the stages before it, the nearest first, then
 * the images that it copies from already.
 */
final class RepairSources {
  private final List<ExecutedStage> stages = new ArrayList<>();
  private final List<FileSource.Image> images = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /**
   * @param all the stages of the plan
   */
  RepairSources(ExecutedStage target, List<ExecutedStage> all) {
    for (int i = all.size() - 1; i >= 0; i--) {
      ExecutedStage stage = all.get(i);
      if (stage.stage().id() < target.stage().id()) {
        stages.add(stage);
        names.add(name(stage, all));
      }
    }
    for (Step step : target.stage().steps()) {
      for (FileSource source : step.fileSources()) {
        if (source instanceof FileSource.Image image && !names.contains(image.written())) {
          images.add(image);
          names.add(image.written());
        }
      }
    }
  }

  /** As {@code COPY --from} calls them. */
  List<String> names() {
    return names;
  }

  List<StageTree> trees(ImageCatalog catalog) {
    List<StageTree> trees = new ArrayList<>();
    for (ExecutedStage stage : stages) {
      trees.add(new StageTree(names.get(trees.size()), stage.snapshot()::tree));
    }
    for (FileSource.Image image : images) {
      trees.add(
          new StageTree(names.get(trees.size()), () -> catalog.snapshot(image.image()).tree()));
    }
    return trees;
  }

  /** A stage without a name of its own, or with one that another has too, goes by its number. */
  private static String name(ExecutedStage stage, List<ExecutedStage> all) {
    String name = stage.stage().name();
    int id = stage.stage().id();
    boolean usable = !name.isEmpty() && !name.equals("stage-" + id);
    for (ExecutedStage other : all) {
      usable = usable && (other == stage || !other.stage().name().equals(name));
    }
    return usable ? name : Integer.toString(id);
  }
}
