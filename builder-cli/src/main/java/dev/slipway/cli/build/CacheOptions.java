package dev.slipway.cli.build;

import dev.slipway.BuilderSettings;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.Option;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the store is and how large it may grow; the same for every command. */
public final class CacheOptions {
  private CacheOptions() {}

  /** The options that say so. */
  public static List<Option> location(String group) {
    return List.of(
        Option.single(
            "cache-dir",
            (char) 0,
            "DIR",
            group,
            "where layers and step results are kept; $XDG_CACHE_HOME/slipway if not said"),
        Option.single(
            "cache-limit",
            (char) 0,
            "SIZE",
            group,
            "the most that is kept when no build runs, as 20g"));
  }

  /**
   * The cache directory.
   *
   * @param path makes a path of the command line absolute
   */
  public static Path directory(
      Arguments arguments,
      Map<String, String> environment,
      Function<String, Path> path,
      @Nullable Path home,
      Path temporaryDirectory) {
    String said = arguments.last("cache-dir");
    if (said != null) {
      return path.apply(said);
    }
    return BuilderSettings.storeDirectory(
        environment, home == null ? temporaryDirectory : home.resolve(".cache"));
  }

  public static long limit(Arguments arguments) {
    String said = arguments.last("cache-limit");
    return said == null ? BuilderSettings.DEFAULT_STORE_LIMIT : ByteSize.parse("cache-limit", said);
  }
}
