package dev.slipway.lint;

import dev.slipway.context.IgnoreFile;
import dev.slipway.dockerfile.AddInstruction;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Word;
import java.util.List;

/** A file that is copied should not be one that {@code .dockerignore} leaves out. */
final class CopyIgnoredFileRule implements Rule {
  @Override
  public void check(ExpandedInstruction expanded, StageState stage, Findings findings) {
    IgnoreFile ignored = expanded.inputs().ignoreFile();
    if (ignored.isEmpty()) {
      return;
    }
    if (expanded.instruction() instanceof CopyInstruction copy && copy.from() == null) {
      check(expanded, "Copy", copy.sources(), ignored, findings);
    } else if (expanded.instruction() instanceof AddInstruction add) {
      check(expanded, "Add", add.sources(), ignored, findings);
    }
  }

  private static void check(
      ExpandedInstruction expanded,
      String verb,
      List<Word> sources,
      IgnoreFile ignored,
      Findings findings) {
    Instruction instruction = expanded.instruction();
    for (Word source : sources) {
      String path = clean(expanded.value(source));
      if (!isRemote(expanded.value(source)) && isIgnored(path, ignored)) {
        findings.report(
            LintRule.COPY_IGNORED_FILE,
            instruction,
            source,
            "Attempting to " + verb + " file \"" + path + "\" that is excluded by .dockerignore",
            "remove the line of .dockerignore, or add !" + path + " below it");
      }
    }
  }

  private static boolean isRemote(String source) {
    return source.contains("://") || source.startsWith("git@");
  }

  private static boolean isIgnored(String path, IgnoreFile ignored) {
    if (path.equals(".") || path.equals("/")) {
      return ignored.ignoresEverything();
    }
    if (path.startsWith("/") || path.startsWith("..")) {
      return false;
    }
    // What a wildcard finds below an ignored directory may have been taken back.
    String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    if (isWildcard(path) && !isWildcard(parent) && !parent.isEmpty()) {
      IgnoreFile.Verdict directory = ignored.verdictOn(parent);
      if (directory.ignored() && directory.mayKeepBelow()) {
        return false;
      }
    }
    IgnoreFile.Verdict verdict = ignored.verdictOn(path);
    return verdict.ignored() && !verdict.mayKeepBelow();
  }

  private static boolean isWildcard(String path) {
    return path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0;
  }

  /** The path without empty and {@code .} components, and with {@code ..} applied. */
  private static String clean(String path) {
    StringBuilder out = new StringBuilder();
    boolean absolute = path.startsWith("/");
    for (String part : path.split("/")) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      int last = out.lastIndexOf("/") + 1;
      if (part.equals("..") && out.length() > 0 && !out.substring(last).equals("..")) {
        out.setLength(Math.max(0, last - 1));
      } else if (!part.equals("..") || !absolute) {
        out.append(out.length() == 0 ? "" : "/").append(part);
      }
    }
    String cleaned = out.toString();
    return absolute ? "/" + cleaned : cleaned.isEmpty() ? "." : cleaned;
  }
}
