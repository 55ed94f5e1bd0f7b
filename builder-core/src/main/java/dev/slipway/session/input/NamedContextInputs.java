package dev.slipway.session.input;

import dev.slipway.ContextSource;
import dev.slipway.context.BuildContext;
import dev.slipway.context.DockerfileLookup;
import dev.slipway.context.FileDigests;
import dev.slipway.context.ReceivedContext;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.images.LayoutImages;
import dev.slipway.oci.Platform;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.reference.ReferenceException;
import dev.slipway.resolve.NamedContexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The further build contexts of a request, each opened when it is first wanted. */
public final class NamedContextInputs implements NamedContexts {
  private static final String IMAGE = "docker-image://";
  private static final String LAYOUT = "oci-layout://";
  private static final String STAGE = "target:";

  private static final String SCRATCH = "scratch";

  /** Stands before the platform that a context is for. */
  private static final String FOR_PLATFORM = "::";

  private static final long MAX_CONTEXT = 64L << 30;

  private final Map<String, String> values = new HashMap<>();
  private final Map<String, BuildContext> opened = new HashMap<>();
  private final Map<String, Optional<Long>> modified = new HashMap<>();
  private final ImageCatalog images;
  private final RemoteFetcher fetcher;
  private final FileDigests digests;
  private final WorkDirectory work;
  private final Cancellation cancellation;

  public NamedContextInputs(
      Map<String, String> values,
      Platform host,
      ImageCatalog images,
      RemoteFetcher fetcher,
      FileDigests digests,
      WorkDirectory work,
      Cancellation cancellation) {
    values.forEach(
        (name, value) -> {
          check(name, value);
          this.values.put(key(name, host), value);
        });
    this.images = images;
    this.fetcher = fetcher;
    this.digests = digests;
    this.work = work;
    this.cancellation = cancellation;
  }

  /** A mistyped one is told of even where the Dockerfile does not use it. */
  private static void check(String name, String value) {
    if (value.startsWith(IMAGE) && !value.equals(IMAGE + SCRATCH)) {
      ImageReference.parse(value.substring(IMAGE.length()));
    } else if (!value.contains("://")
        && !value.startsWith(STAGE)
        && !isRemote(value)
        && !Files.isDirectory(Path.of(value))) {
      throw new BuildException(
          "build context '" + name + "': directory \"" + value + "\" not found");
    }
  }

  /** The name, with the platform where it is for one only. */
  private static String key(String name, Platform host) {
    int mark = name.indexOf(FOR_PLATFORM);
    if (mark < 0) {
      return normalised(name);
    }
    Platform platform = Platform.parse(name.substring(mark + FOR_PLATFORM.length()), host);
    return normalised(name.substring(0, mark)) + FOR_PLATFORM + platform.formatAll();
  }

  /** A name that is an image's counts in all its spellings. */
  private static String normalised(String name) {
    try {
      String familiar = ImageReference.parse(name).familiar();
      return familiar.endsWith(":latest")
          ? familiar.substring(0, familiar.length() - ":latest".length())
          : familiar;
    } catch (ReferenceException e) {
      return name;
    }
  }

  @Override
  public @Nullable String stage(String name, Platform platform) {
    String key = keyOf(name, platform);
    String value = key == null ? null : values.get(key);
    return value == null || !value.startsWith(STAGE) ? null : value.substring(STAGE.length());
  }

  /** What the context of that name is kept by, or null where there is none. */
  private @Nullable String keyOf(String name, Platform platform) {
    if (values.isEmpty() || name.equalsIgnoreCase(SCRATCH)) {
      return null;
    }
    String key = normalised(name) + FOR_PLATFORM + platform.formatAll();
    if (!values.containsKey(key)) {
      key = normalised(name);
    }
    return values.containsKey(key) ? key : null;
  }

  @Override
  public @Nullable NamedContext find(String name, Platform platform) {
    String key = keyOf(name, platform);
    String value = key == null ? null : values.get(key);
    if (key == null || value == null || value.startsWith(STAGE)) {
      return null;
    }
    if (value.equals(IMAGE + SCRATCH)) {
      return new NamedContext.Scratch();
    }
    if (value.startsWith(IMAGE)) {
      return new NamedContext.Image(images.resolve(value.substring(IMAGE.length()), platform));
    }
    if (value.startsWith(LAYOUT)) {
      return new NamedContext.Image(
          images.resolve(
              LayoutImages.open(value.substring(LAYOUT.length()), work.newDirectory()), platform));
    }
    return new NamedContext.Files(key);
  }

  /** The files of a context that {@link #find} called files. */
  synchronized BuildContext files(String name) {
    return opened.computeIfAbsent(name, this::open);
  }

  /** Whether there is a context of that name, whatever the platform. */
  boolean has(String name) {
    return values.containsKey(normalised(name));
  }

  /** Seconds: when what the context's URL names was changed; empty for one that is not remote. */
  synchronized Optional<Long> modified(String name) {
    String key = normalised(name);
    if (isRemote(values.getOrDefault(key, ""))) {
      files(key);
    }
    return modified.getOrDefault(key, Optional.empty());
  }

  private static boolean isRemote(String value) {
    if (value.startsWith(IMAGE) || value.startsWith(LAYOUT)) {
      return false;
    }
    return value.contains("://")
        || ContextSource.isRemote(value) && !Files.isDirectory(Path.of(value));
  }

  private BuildContext open(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new BuildException("no build context '" + name + "'");
    }
    if (isRemote(value)) {
      RemoteContext remote = fetcher.context(value, false, MAX_CONTEXT, cancellation);
      modified.put(name, remote.modified());
      if (remote.content() instanceof ReceivedContext.Archive archive) {
        return BuildContext.ofTree(archive.tree());
      }
      throw new BuildException("build context '" + name + "' is no archive");
    }
    Path directory = Path.of(value);
    return BuildContext.directory(directory, DockerfileLookup.ignoreIn(directory), digests);
  }

  synchronized void close() {
    opened.values().forEach(BuildContext::close);
    opened.clear();
  }
}
