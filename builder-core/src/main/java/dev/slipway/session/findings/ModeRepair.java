package dev.slipway.session.findings;

import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.plan.Step;
import dev.slipway.tree.Change;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.util.regex.Pattern;

/**
 * How a file becomes executable: by {@code --chmod} on the line that copied it, which makes no
 * second copy of it.
 *
 * @param line of the COPY or ADD, from 1; 0 where it is none, or copies other files too
 * @param advice for people
 */
record ModeRepair(int line, String advice) {
  private static final Pattern OCTAL = Pattern.compile("[0-7]{3,4}");

  private static final ModeRepair UNKNOWN = new ModeRepair(0, "chmod +x it where it is made");

  static ModeRepair of(String path, ExecutedStage target) {
    TreePath wanted = TreePath.of(path);
    for (int i = target.layers().size() - 1; i >= 0; i--) {
      ExecutedLayer layer = target.layers().get(i);
      int files = 0;
      boolean brought = false;
      for (Change change : layer.layer().changes()) {
        if (change instanceof Change.Put put && put.entry() instanceof RegularFile) {
          files++;
          brought |= put.path().equals(wanted);
        }
      }
      if (brought) {
        return layer.step() == null ? UNKNOWN : of(layer.step(), files);
      }
    }
    return UNKNOWN;
  }

  private static ModeRepair of(Step step, int files) {
    SourceSpan span = step.span();
    if (span == null) {
      return UNKNOWN;
    }
    int line = span.line();
    String where = "in line " + line + " ";
    if (!(step instanceof Step.Copy copy)) {
      return new ModeRepair(0, where + "let the command that makes it end with chmod +x");
    }
    String chmod = copy.chmod();
    boolean can =
        files == 1
            && (chmod == null || OCTAL.matcher(chmod).matches())
            && DockerfileRepair.isCopy(span.text());
    return can
        ? new ModeRepair(
            line,
            "write line " + line + " as: " + DockerfileRepair.withMode(firstLine(span.text())))
        : new ModeRepair(
            0, where + "COPY --chmod=755 it on a line of its own, or chmod +x it before");
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end)).stripTrailing();
  }
}
