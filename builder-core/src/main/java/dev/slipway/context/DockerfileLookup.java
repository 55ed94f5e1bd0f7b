package dev.slipway.context;

import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Resolution;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.glob.PathText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a Dockerfile and the ignore file that goes with it. Both are read whether they are ignored
 * or not. Inside a context symbolic links are followed, but never out of it; a file that is named
 * by a path of its own is read wherever that leads.
 */
public final class DockerfileLookup {
  private static final String DEFAULT = "Dockerfile";
  private static final String[] OTHER_DEFAULTS = {"dockerfile", "Containerfile"};

  /** Docker's, and the one of podman and buildah, for where there is no other. */
  private static final List<String> IGNORES = List.of(".dockerignore", ".containerignore");

  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private DockerfileLookup() {}

  /**
   * @param path relative to the context; where {@code Dockerfile} is asked for and missing, {@code
   *     dockerfile} and then {@code Containerfile} is taken
   * @throws ContextException if there is none, naming what comes near
   */
  public static DockerfileText inDirectory(Path context, String path) {
    try (BuildContext files = filesOf(context)) {
      FileTree tree = treeAround(files, withIgnores(path));
      DockerfileText found = in(tree, path);
      for (int i = 0; found == null && path.equals(DEFAULT) && i < OTHER_DEFAULTS.length; i++) {
        String other = OTHER_DEFAULTS[i];
        found = in(treeAround(files, withIgnores(other)), other);
      }
      if (found == null) {
        throw missing(context.resolve(path).toString(), namesBeside(tree, path));
      }
      return found;
    }
  }

  private static @Nullable DockerfileText in(FileTree tree, String path) {
    byte[] text = read(tree, path);
    if (text == null) {
      return null;
    }
    for (String name : IGNORES) {
      byte[] own = readIgnore(tree, path + name);
      if (own != null) {
        return new DockerfileText(path, text, IgnoreFile.parse(own, path + name));
      }
    }
    return new DockerfileText(path, text, ignoreOf(tree));
  }

  private static List<String> withIgnores(String path) {
    List<String> paths = new ArrayList<>(IGNORES);
    paths.add(path);
    IGNORES.forEach(name -> paths.add(path + name));
    return paths;
  }

  /**
   * @param context its ignore file counts where the file has none of its own; null for a context
   *     that is no directory
   * @param file inside the context or not
   */
  public static DockerfileText ofFile(@Nullable Path context, Path file) {
    byte[] text = readHost(file);
    if (text == null) {
      throw missingFile(context, file);
    }
    for (String name : IGNORES) {
      Path own = file.resolveSibling(file.getFileName() + name);
      byte[] ignore = readHost(own);
      if (ignore != null) {
        return new DockerfileText(file.toString(), text, IgnoreFile.parse(ignore, own.toString()));
      }
    }
    return new DockerfileText(
        file.toString(), text, context == null ? IgnoreFile.NONE : ignoreIn(context));
  }

  /** A Dockerfile in an archive or checkout, to which ignore files do not apply. */
  public static DockerfileText inTree(FileTree tree, String path) {
    byte[] text = read(tree, path);
    if (text == null) {
      throw missing(path, namesBeside(tree, path));
    }
    return new DockerfileText(path, text, IgnoreFile.NONE);
  }

  /**
   * The context's {@code .dockerignore}, else its {@code .containerignore}, for a Dockerfile that
   * comes from elsewhere.
   */
  public static IgnoreFile ignoreIn(Path context) {
    try (BuildContext files = filesOf(context)) {
      return ignoreOf(treeAround(files, IGNORES));
    }
  }

  private static IgnoreFile ignoreOf(FileTree tree) {
    for (String name : IGNORES) {
      byte[] content = readIgnore(tree, name);
      if (content != null) {
        return IgnoreFile.parse(content, name);
      }
    }
    return IgnoreFile.NONE;
  }

  private static BuildContext filesOf(Path directory) {
    return BuildContext.directory(directory, IgnoreFile.NONE, FileDigests.NONE);
  }

  private static FileTree treeAround(BuildContext files, List<String> literalPaths) {
    List<String> sources = new ArrayList<>();
    for (String path : literalPaths) {
      sources.add(Wildcards.escape(path));
    }
    return files.treeFor(sources);
  }

  private static byte @Nullable [] read(FileTree tree, String path) {
    Resolution resolution = tree.resolve(TreePath.of(path), FollowLast.YES);
    if (!(resolution.found() instanceof RegularFile file)) {
      return null;
    }
    try (InputStream in = file.content().open()) {
      return bounded(in, path);
    } catch (IOException e) {
      throw new ContextException("cannot read \"" + path + "\": " + FileRefusal.reason(e), e);
    }
  }

  /** Where it could not be followed, all that it ignores would be taken into the context. */
  private static byte @Nullable [] readIgnore(FileTree tree, String path) {
    byte[] content = read(tree, path);
    Entry itself = tree.resolve(TreePath.of(path), FollowLast.NO).found();
    if (content == null && itself instanceof Symlink link) {
      throw new ContextException(
          "cannot read \""
              + path
              + "\": it is a link to \""
              + new String(link.target(), StandardCharsets.UTF_8)
              + "\", which is no file of the context",
          "put the file itself there",
          null);
    }
    return content;
  }

  private static byte @Nullable [] readHost(Path file) {
    if (Files.isDirectory(file)) {
      throw new ContextException("dockerfile \"" + file + "\" is a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return bounded(in, file.toString());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new ContextException("cannot read \"" + file + "\": " + FileRefusal.reason(e), e);
    }
  }

  /** Reads what is at most 64 MiB. */
  public static byte[] bounded(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new ContextException("\"" + name + "\" is larger than 64 MiB");
    }
    return bytes;
  }

  private static List<String> namesBeside(FileTree tree, String path) {
    List<String> names = new ArrayList<>();
    Entry parent = tree.resolve(TreePath.of(path).parent(), FollowLast.YES).found();
    if (parent instanceof Directory directory) {
      for (int i = 0; i < directory.size(); i++) {
        String name = PathText.decode(directory.nameAt(i));
        if (!(directory.childAt(i) instanceof Directory)
            && IGNORES.stream().noneMatch(name::endsWith)) {
          names.add(name);
        }
      }
    }
    return NearestName.files(TreePath.of(path).nameText(), names);
  }

  private static List<String> hostNamesBeside(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    String name = String.valueOf(file.getFileName());
    try (BuildContext files = filesOf(parent)) {
      return namesBeside(treeAround(files, List.of(name)), name);
    }
  }

  /** A path is the caller's own; many write it as seen from the context. */
  private static ContextException missingFile(@Nullable Path context, Path file) {
    List<String> near = hostNamesBeside(file);
    Path inContext = context == null ? file : context.resolve(String.valueOf(file.getFileName()));
    if (!near.isEmpty() || !Files.isRegularFile(inContext)) {
      return missing(file.toString(), near);
    }
    return new ContextException(
        notFound(file.toString()),
        "did you mean \"" + inContext + "\"? the path is not counted from the context",
        null);
  }

  private static ContextException missing(String path, List<String> near) {
    String message = notFound(path);
    if (near.isEmpty()) {
      return new ContextException(message, "name another with -f", null);
    }
    if (near.contains(TreePath.of(path).nameText())) {
      return new ContextException(
          message, "it is a link, and leads to no file of its directory", null);
    }
    return new ContextException(
        message, "did you mean \"" + String.join("\" or \"", near) + "\"?", null);
  }

  private static String notFound(String path) {
    return "dockerfile \"" + path + "\" not found";
  }
}
