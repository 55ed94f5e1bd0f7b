package dev.slipway.session;

import dev.slipway.BuildRequest;
import dev.slipway.ContextSource;
import dev.slipway.context.BuildContext;
import dev.slipway.dockerfile.AddInstruction;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.util.List;

/**
 * Guesses from a Dockerfile and its context whether a command will be run, so that what runs it can
 * start while the plan is made. A wrong guess costs time and nothing else.
 */
final class CommandForecast {
  private final BuildRequest request;
  private final Dockerfile dockerfile;
  private final BuildContext context;

  CommandForecast(BuildRequest request, Dockerfile dockerfile, BuildContext context) {
    this.request = request;
    this.dockerfile = dockerfile;
    this.context = context;
  }

  /** Whether there is a command, and a reason to run it; looks at files as far as it takes. */
  boolean isLikely() {
    return hasCommand() && (request.reuse().noCache() || (isComparable() && copiesNewFile()));
  }

  private boolean hasCommand() {
    for (Stage stage : dockerfile.stages()) {
      for (Instruction each : stage.instructions()) {
        if (each instanceof RunInstruction) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether new files mean that a step is done anew: other machines may have done it, and all
   * stages are looked at, which a target need not want.
   */
  private boolean isComparable() {
    return request.context() instanceof ContextSource.LocalDirectory
        && request.reuse().cacheFrom().isEmpty()
        && request.target().isEmpty();
  }

  private boolean copiesNewFile() {
    for (Stage stage : dockerfile.stages()) {
      for (Instruction each : stage.instructions()) {
        for (Word source : filesOf(each)) {
          if (isPlain(source.text()) && isNew(source.text())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static List<Word> filesOf(Instruction instruction) {
    if (instruction instanceof CopyInstruction copy && copy.from() == null) {
      return copy.sources();
    }
    return instruction instanceof AddInstruction add ? add.sources() : List.of();
  }

  /** Whether it is a path as it stands: no variable, wildcard, quote, escape or URL. */
  private static boolean isPlain(String source) {
    for (int i = 0; i < source.length(); i++) {
      if ("$*?[\"'\\`:@".indexOf(source.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isNew(String source) {
    FileTree tree = context.treeFor(List.of(source));
    Entry found = tree.resolve(TreePath.of(source), FollowLast.YES).found();
    return found != null && holdsNewFile(found);
  }

  private static boolean holdsNewFile(Entry entry) {
    if (entry instanceof RegularFile file) {
      return file.content().digestIfKnown() == null;
    }
    if (entry instanceof Directory directory) {
      for (int i = 0; i < directory.size(); i++) {
        if (holdsNewFile(directory.childAt(i))) {
          return true;
        }
      }
    }
    return false;
  }
}
