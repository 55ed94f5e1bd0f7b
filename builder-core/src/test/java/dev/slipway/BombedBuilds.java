package dev.slipway;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.progress.Cancellation;
import dev.slipway.semantics.BuildLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Builds from images of a registry, for {@link HostileRegistryTest}: in a JVM of its own. */
final class BombedBuilds {
  private BombedBuilds() {}

  /**
   * Prints a line a build: the image's name and what the build said, or {@code built}.
   *
   * @param arguments a directory, the registry, then the images' names
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path context = Files.createDirectory(directory.resolve("context"));
    Files.writeString(context.resolve("f"), "f");
    System.setProperty("user.home", directory.toString());
    Map<String, String> environment =
        Map.of("XDG_CACHE_HOME", directory.resolve("cache").toString());
    try (ImageBuilder builder =
        ImageBuilder.open(BuilderSettings.of(environment, System.getProperties()))) {
      for (String name : Arrays.asList(arguments).subList(2, arguments.length)) {
        String text = "FROM " + arguments[1] + "/" + name + "\nCOPY f /d/f\n";
        System.out.println(name + ": " + outcome(builder, context, text));
      }
    }
  }

  private static String outcome(ImageBuilder builder, Path context, String dockerfile) {
    BuildRequest request =
        BuildRequest.builder(new ContextSource.LocalDirectory(context))
            .dockerfile(new DockerfileSource.Text("Dockerfile", dockerfile))
            .build();
    try {
      builder.build(request, new BuildLog(), new Cancellation());
      return "built";
    } catch (BuildException e) {
      return e.getMessage();
    } catch (Throwable e) {
      return "bug: " + e;
    }
  }
}
