package dev.slipway.it.differential;

import dev.slipway.it.Processes.Ended;
import dev.slipway.it.Slipway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is tested. */
record SlipwayBuilder(Path directory, String registry) implements Builder {
  @Override
  public String name() {
    return "slipway";
  }

  @Override
  public String version() {
    return "as built";
  }

  @Override
  public String build(Path context, List<String> options, String tag, Path archive) {
    List<Object> words = new ArrayList<>(options);
    words.addAll(List.of("--plain-http", registry, "--progress", "plain"));
    words.addAll(List.of("-o", "type=oci,dest=" + archive, "."));
    Ended ended =
        Slipway.storingIn(directory.resolve("store"))
            .process("build", words.toArray())
            .in(context)
            .run();
    return ended.exitCode() == 0 ? null : ended.toString();
  }
}
