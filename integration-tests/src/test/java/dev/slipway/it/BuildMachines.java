package dev.slipway.it;

import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Machines that build one context: each is a store of its own. What a command makes is random, so
 * that two images are equal only if it ran once.
 *
 * @param context has the files a, b and c, which the Dockerfile copies one after the other
 * @param base an OCI layout with a shell
 */
record BuildMachines(Workspace workspace, Path context, Path base) {
  private static final String DOCKERFILE =
      """
      FROM busybox AS build
      COPY a /src/
      RUN head -c 16 /dev/urandom | od -x > /first
      COPY b /src/
      RUN cat /src/b > /out && head -c 16 /dev/urandom | od -x > /second
      FROM busybox
      RUN head -c 16 /dev/urandom | od -x > /random
      COPY --from=build /out /first /built/
      COPY c /c
      RUN cat /c | tr a-z A-Z > /upper
      CMD ["/bin/sh"]
      """;

  static BuildMachines in(Workspace workspace) throws IOException {
    Path context = workspace.write("context/Dockerfile", DOCKERFILE).getParent();
    BuildMachines machines = new BuildMachines(workspace, context, Bases.busybox());
    for (String file : List.of("a", "b", "c")) {
      machines.change(file, "first");
    }
    return machines;
  }

  void change(String file, String content) throws IOException {
    Files.writeString(context.resolve(file), content);
  }

  Processes build(String machine, String... words) {
    return build(Slipway.storingIn(workspace.path(machine)), words);
  }

  Processes build(Slipway slipway, String... words) {
    List<String> line = new ArrayList<>(List.of("--progress=plain"));
    line.addAll(List.of("--build-context", "busybox=oci-layout://" + base));
    line.addAll(Arrays.asList(words));
    line.add(context.toString());
    return slipway.process("build", line.toArray());
  }

  /** The image's digest, which tells all its layers and when its steps were done. */
  static String image(Ended build) {
    return build
        .errors()
        .lines()
        .filter(line -> line.startsWith("image  sha256:"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(build));
  }

  /** The steps that were done, by their instructions. */
  static List<String> done(Ended build) {
    Map<String, String> titles = new HashMap<>();
    List<String> done = new ArrayList<>();
    for (String line : build.errors().lines().toList()) {
      String[] words = line.split(" ", 2);
      if (words.length == 2 && words[0].startsWith("#")) {
        String title = titles.putIfAbsent(words[0], words[1]);
        if (title != null && words[1].startsWith("DONE") && title.matches("\\[.* \\d+/\\d+] .*")) {
          done.add(title.replaceFirst("^\\[.*?] ", ""));
        }
      }
    }
    return done;
  }
}
