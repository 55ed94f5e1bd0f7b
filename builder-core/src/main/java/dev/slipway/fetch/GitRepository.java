package dev.slipway.fetch;

import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.layer.TarSliceContent;
import dev.slipway.tree.Directory;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A bare repository of our own with one commit fetched into it. */
final class GitRepository {
  private static final String OWN_REFS = "refs/slipway";
  private static final String FETCHED = OWN_REFS + "/source";

  private final GitProgram git;
  private final String remote;
  private final Path directory;
  private final @Nullable String ref;
  private final String commit;
  private final long time;

  private GitRepository(
      GitProgram git, String remote, Path directory, @Nullable String ref, String commit)
      throws GitProgram.Failure {
    this.git = git;
    this.remote = remote;
    this.directory = directory;
    this.ref = ref;
    this.commit = commit;
    this.time = Long.parseLong(line("show", "-s", "--format=%ct", commit));
  }

  /**
   * @param directory to be made
   */
  static GitRepository fetch(
      GitProgram git, String remote, GitRefs.Resolved resolved, Path directory)
      throws GitProgram.Failure {
    String format = resolved.commit().length() == 64 ? "sha256" : "sha1";
    git.run(
        null, "init", "--quiet", "--bare", "--object-format=" + format, "--", directory.toString());
    String ref = resolved.ref();
    String commit = resolved.commit();
    if (ref == null) {
      fetchCommit(git, commit, directory);
    } else {
      fetchRef(git, ref, directory);
      byte[] out = git.run(directory, "rev-parse", "--verify", FETCHED + "^{commit}");
      commit = new String(out, StandardCharsets.US_ASCII).strip();
    }
    return new GitRepository(git, remote, directory, ref, commit);
  }

  private static void fetchRef(GitProgram git, String ref, Path directory)
      throws GitProgram.Failure {
    String refspec = "+" + ref + ":" + FETCHED;
    try {
      fetch(git, directory, "--depth=1", refspec);
    } catch (GitProgram.Failure e) {
      // Servers of plain files know no depth.
      if (!e.text().contains("shallow") && !e.text().contains("depth")) {
        throw e;
      }
      fetch(git, directory, "--quiet", refspec);
    }
  }

  private static void fetchCommit(GitProgram git, String commit, Path directory)
      throws GitProgram.Failure {
    try {
      fetch(git, directory, "--depth=1", "+" + commit + ":" + FETCHED);
    } catch (GitProgram.Failure e) {
      // Not every server gives a commit that no ref names.
      fetch(git, directory, "--quiet", "+refs/*:" + OWN_REFS + "/*");
    }
    byte[] type = git.run(directory, "cat-file", "-t", commit + "^{commit}");
    if (!new String(type, StandardCharsets.US_ASCII).strip().equals("commit")) {
      throw new GitProgram.Failure("\"" + commit + "\" is no commit");
    }
  }

  private static void fetch(GitProgram git, Path directory, String option, String refspec)
      throws GitProgram.Failure {
    git.run(
        directory,
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-recurse-submodules",
        "--no-write-fetch-head",
        option,
        "--",
        git.url(),
        refspec);
  }

  GitProgram git() {
    return git;
  }

  Path directory() {
    return directory;
  }

  String remote() {
    return remote;
  }

  String commit() {
    return commit;
  }

  /** When it was committed, in seconds. */
  long time() {
    return time;
  }

  /** The name of what the commit has at a path: a tree, a file, or a submodule's commit. */
  String object(TreePath path) throws GitProgram.Failure {
    String relative = path.toString().substring(1);
    return line("rev-parse", "--verify", commit + ":" + relative);
  }

  private String line(String... arguments) throws GitProgram.Failure {
    return new String(git.run(directory, arguments), StandardCharsets.UTF_8).strip();
  }

  /**
   * The tree with this repository as its {@code .git}, as if the commit had been checked out:
   * detached, with an index, with the branch or tag that was asked for and no other, with the
   * remote without its credentials.
   */
  FileTree withGitDirectory(FileTree tree) throws GitProgram.Failure {
    git.run(directory, "read-tree", commit);
    git.run(directory, "update-ref", "--no-deref", "HEAD", commit);
    if (ref != null && ref.startsWith("refs/")) {
      git.run(directory, "update-ref", ref, FETCHED);
    }
    git.run(directory, "config", "core.bare", "false");
    git.run(directory, "config", "remote.origin.url", RedactedUrl.of(remote));
    git.run(directory, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
    FileTreeBuilder builder = new FileTreeBuilder(tree);
    try {
      Files.walkFileTree(directory, new GitDirectoryVisitor(builder));
    } catch (IOException e) {
      throw new FetchException("cannot read \"" + directory + "\": " + FileRefusal.reason(e), e);
    }
    return builder.build();
  }

  /** Git's own files: all have plain names. */
  private final class GitDirectoryVisitor extends SimpleFileVisitor<Path> {
    private final FileTreeBuilder builder;

    GitDirectoryVisitor(FileTreeBuilder builder) {
      this.builder = builder;
    }

    private TreePath treePath(Path path) {
      return TreePath.of(".git").resolve(TreePath.of(directory.relativize(path).toString()));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      if (path.equals(directory.resolve(OWN_REFS))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      builder.put(treePath(path), new Directory(Metadata.of(0755, time), Origin.NONE));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      builder.put(
          treePath(path),
          new RegularFile(
              Metadata.of(0644, time),
              Origin.NONE,
              new TarSliceContent(path, 0, attributes.size())));
      return FileVisitResult.CONTINUE;
    }
  }
}
