package dev.slipway.fetch;

import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.layer.TarSliceContent;
import dev.slipway.progress.Cancellation;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes file trees of commits, those of submodules inside. */
final class GitTreeReader {
  /** What Linux allows. */
  private static final int MAX_LINK = 4095;

  private static final int MAX_DEPTH = 16;

  private final GitFetcher.Options options;
  private final Cancellation cancellation;
  private final Path directory;
  private final boolean submodules;
  private int repositories;
  private int listings;

  /**
   * @param directory where contents and repositories are put
   * @param submodules whether they are fetched too; else each is an empty directory
   */
  GitTreeReader(
      GitFetcher.Options options, Cancellation cancellation, Path directory, boolean submodules) {
    this.options = options;
    this.cancellation = cancellation;
    this.directory = directory;
    this.submodules = submodules;
  }

  GitCheckout read(GitRepository repository, String subdirectory) throws GitProgram.Failure {
    Place place = place(repository, TreePath.of(subdirectory), 0);
    GitRepository from = place.repository();
    FileTreeBuilder builder = new FileTreeBuilder();
    builder.put(TreePath.ROOT, new Directory(Metadata.of(0755, from.time()), Origin.NONE));
    read(from, place.directory(), TreePath.ROOT, builder, place.depth());
    return new GitCheckout(repository.commit(), from.object(place.directory()), builder.build());
  }

  /**
   * Where a directory of a checkout comes from.
   *
   * @param depth how many submodules it is in
   */
  private record Place(GitRepository repository, TreePath directory, int depth) {}

  private Place place(GitRepository repository, TreePath directory, int depth)
      throws GitProgram.Failure {
    if (!directory.isRoot() && submodules && depth < MAX_DEPTH && GitModules.areIn(repository)) {
      for (Map.Entry<TreePath, String> module : GitModules.urls(repository).entrySet()) {
        TreePath path = module.getKey();
        if (directory.startsWith(path)) {
          String below = directory.toString().substring(path.toString().length());
          GitRepository inner = fetch(module.getValue(), repository.object(path));
          return place(inner, TreePath.of(below), depth + 1);
        }
      }
    }
    return new Place(repository, directory, depth);
  }

  /**
   * @param prefix the part of the repository that is wanted
   * @param target where it goes
   */
  private void read(
      GitRepository repository,
      TreePath prefix,
      TreePath target,
      FileTreeBuilder builder,
      int depth)
      throws GitProgram.Failure {
    List<GitListing.Item> items = list(repository, prefix);
    Set<String> objects = new LinkedHashSet<>();
    boolean linksModules = false;
    for (GitListing.Item item : items) {
      if (item.kind() == GitListing.Kind.SUBMODULE) {
        linksModules = true;
      } else if (item.kind() != GitListing.Kind.DIRECTORY) {
        objects.add(item.object());
      }
    }
    Path contents = directory.resolve(++listings + ".blobs");
    GitBlobs blobs = GitBlobs.read(repository, objects, contents);
    for (GitListing.Item item : items) {
      TreePath path = target.resolve(TreePath.ofBytes(item.path()));
      builder.put(path, entry(item, blobs, repository.time()));
    }
    if (linksModules && submodules && depth < MAX_DEPTH) {
      Map<TreePath, String> urls = GitModules.urls(repository);
      for (GitListing.Item item : items) {
        TreePath path = TreePath.ofBytes(item.path());
        String url = urls.get(prefix.resolve(path));
        if (item.kind() == GitListing.Kind.SUBMODULE && url != null) {
          readSubmodule(url, item.object(), target.resolve(path), builder, depth);
        }
      }
    }
  }

  private void readSubmodule(
      String url, String commit, TreePath target, FileTreeBuilder builder, int depth)
      throws GitProgram.Failure {
    read(fetch(url, commit), TreePath.ROOT, target, builder, depth + 1);
  }

  private GitRepository fetch(String url, String commit) throws GitProgram.Failure {
    GitProgram git = new GitProgram(options, url, cancellation);
    Path own = directory.resolve(++repositories + ".git");
    return GitRepository.fetch(git, url, GitRefs.Resolved.commit(commit), own);
  }

  private static List<GitListing.Item> list(GitRepository repository, TreePath prefix)
      throws GitProgram.Failure {
    String tree = repository.commit();
    if (!prefix.isRoot()) {
      // Git follows no symbolic links here: each component must be a directory.
      tree += ":" + prefix.toString().substring(1);
    }
    try {
      return GitListing.parse(
          repository
              .git()
              .run(repository.directory(), "ls-tree", "-r", "-t", "-z", "--full-tree", tree));
    } catch (GitProgram.Failure e) {
      if (prefix.isRoot()) {
        throw e;
      }
      throw new GitProgram.Failure(
          "subdirectory \"" + prefix + "\" is no directory of commit " + repository.commit());
    }
  }

  private static Entry entry(GitListing.Item item, GitBlobs blobs, long time)
      throws GitProgram.Failure {
    if (item.kind() == GitListing.Kind.DIRECTORY || item.kind() == GitListing.Kind.SUBMODULE) {
      return new Directory(Metadata.of(0755, time), Origin.NONE);
    }
    TarSliceContent content = blobs.content(item.object());
    if (content == null) {
      throw new GitProgram.Failure("object " + item.object() + " is missing");
    }
    if (item.kind() == GitListing.Kind.SYMLINK) {
      return new Symlink(Metadata.of(0777, time), Origin.NONE, bytes(content), false);
    }
    int mode = item.kind() == GitListing.Kind.EXECUTABLE ? 0755 : 0644;
    return new RegularFile(Metadata.of(mode, time), Origin.NONE, content);
  }

  private static byte[] bytes(TarSliceContent content) {
    try (InputStream in = content.open()) {
      byte[] target = in.readNBytes(MAX_LINK + 1);
      if (target.length > MAX_LINK) {
        throw new FetchException("a symbolic link of more than " + MAX_LINK + " bytes");
      }
      return target;
    } catch (IOException e) {
      throw new FetchException(
          "cannot read \"" + content.tar() + "\": " + FileRefusal.reason(e), e);
    }
  }
}
