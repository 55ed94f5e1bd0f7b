package dev.slipway.tree.copy;

import dev.slipway.tree.FileTree;
import dev.slipway.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One COPY line in a test: its parts are given in the order of the line. */
final class CopyCase {
  private final FileTree source;
  private FileTree destination = FileTree.EMPTY;
  private final List<String> words = new ArrayList<>();
  private CopyFlags flags = CopyFlags.to("/");
  private ArchiveOpener archives = file -> null;

  private CopyCase(FileTree source) {
    this.source = source;
  }

  static CopyCase from(String... lines) {
    return new CopyCase(Trees.tree(lines));
  }

  static CopyCase from(FileTree source) {
    return new CopyCase(source);
  }

  CopyCase onto(String... lines) {
    destination = Trees.tree(lines);
    return this;
  }

  CopyCase copy(String... paths) {
    words.addAll(List.of(paths));
    return this;
  }

  CopyCase to(String path) {
    return with(path, flags.workingDirectory(), flags.owner(), flags.mode());
  }

  CopyCase workdir(String path) {
    return with(flags.destination(), path, flags.owner(), flags.mode());
  }

  CopyCase chown(int uid, int gid) {
    return with(
        flags.destination(), flags.workingDirectory(), new Ownership(uid, gid), flags.mode());
  }

  CopyCase chmod(String mode) {
    return with(
        flags.destination(), flags.workingDirectory(), flags.owner(), ModeChange.parse(mode));
  }

  private CopyCase with(
      String to, String workdir, @Nullable Ownership owner, @Nullable ModeChange mode) {
    flags =
        new CopyFlags(
            to,
            workdir,
            owner,
            mode,
            flags.link(),
            flags.parents(),
            flags.excludes(),
            flags.origin(),
            flags.createdSeconds());
    return this;
  }

  CopyCase link() {
    return flags(true, flags.parents(), flags.excludes());
  }

  CopyCase parents() {
    return flags(flags.link(), true, flags.excludes());
  }

  CopyCase exclude(String... patterns) {
    return flags(flags.link(), flags.parents(), List.of(patterns));
  }

  private CopyCase flags(boolean link, boolean parents, List<String> excludes) {
    flags =
        new CopyFlags(
            flags.destination(),
            flags.workingDirectory(),
            flags.owner(),
            flags.mode(),
            link,
            parents,
            excludes,
            flags.origin(),
            flags.createdSeconds());
    return this;
  }

  CopyCase archives(ArchiveOpener opener) {
    archives = opener;
    return this;
  }

  CopyResult result() {
    CopyOperation operation = new CopyOperation(destination, flags);
    for (String word : words) {
      operation.add(source, word, archives);
    }
    return operation.result();
  }

  /** The layer's lines. */
  List<String> layer() {
    return Trees.lines(result().changes());
  }

  /** The lines of the file system after. */
  List<String> after() {
    return Trees.lines(tree());
  }

  FileTree tree() {
    return destination.apply(result().changes());
  }
}
