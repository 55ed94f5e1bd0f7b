package dev.slipway.plan;

import dev.slipway.diagnostic.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change of a stage's files; it becomes one layer, also where it changes nothing. */
public sealed interface Step {
  /** The instruction it comes from; null in a plan made without a Dockerfile. */
  @Nullable SourceSpan span();

  /** One line for people, as {@code RUN make}. */
  String title();

  /** The file systems that it reads beside its own stage's. */
  List<FileSource> fileSources();

  /**
   * A command.
   *
   * @param arguments the program and its arguments, the shell included
   * @param shellForm whether the first argument is the shell that the instruction did not name
   * @param environment {@code NAME=value}, each name once
   * @param proxyEnvironment further variables of the command, which do not count for the cache:
   *     another way to the network makes no other result
   * @param user as in USER, or empty
   */
  record Run(
      @Nullable SourceSpan span,
      String title,
      List<String> arguments,
      boolean shellForm,
      List<String> environment,
      Map<String, String> proxyEnvironment,
      String workingDirectory,
      String user,
      List<Mount> mounts,
      Network network,
      Security security)
      implements Step {
    public Run {
      arguments = List.copyOf(arguments);
      environment = List.copyOf(environment);
      proxyEnvironment = Map.copyOf(proxyEnvironment);
      mounts = List.copyOf(mounts);
    }

    @Override
    public List<FileSource> fileSources() {
      List<FileSource> sources = new ArrayList<>();
      for (Mount mount : mounts) {
        if (mount instanceof Mount.Bind bind) {
          sources.add(bind.from());
        } else if (mount instanceof Mount.Cache cache) {
          sources.add(cache.from());
        }
      }
      return sources;
    }
  }

  /**
   * COPY or ADD.
   *
   * @param add whether local archives are unpacked unless {@code unpack} says otherwise
   * @param destination an absolute path; a slash at its end says that it is a directory
   * @param chown {@code user[:group]}, or null
   * @param chmod octal or symbolic, or null
   * @param link whether the layer is made without looking at the files below it
   */
  record Copy(
      @Nullable SourceSpan span,
      String title,
      boolean add,
      List<CopySource> sources,
      String destination,
      @Nullable String chown,
      @Nullable String chmod,
      boolean link,
      boolean parents,
      List<String> excludes,
      @Nullable Boolean unpack,
      String workingDirectory)
      implements Step {
    public Copy {
      sources = List.copyOf(sources);
      excludes = List.copyOf(excludes);
    }

    @Override
    public List<FileSource> fileSources() {
      List<FileSource> files = new ArrayList<>();
      for (CopySource source : sources) {
        if (source instanceof CopySource.Files from) {
          files.add(from.from());
        }
      }
      return files;
    }
  }

  /**
   * WORKDIR: makes a directory and its parents where they are missing.
   *
   * @param path absolute
   * @param user who owns what is made, as in USER, or empty
   */
  record MakeDirectory(@Nullable SourceSpan span, String title, String path, String user)
      implements Step {
    @Override
    public List<FileSource> fileSources() {
      return List.of();
    }
  }

  /** What a command sees of the network. */
  enum Network {
    /** What the build says. */
    DEFAULT,
    NONE,
    HOST
  }

  /** How a command is caged. */
  enum Security {
    SANDBOX,
    INSECURE
  }
}
