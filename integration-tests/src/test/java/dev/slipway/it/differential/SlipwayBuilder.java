package dev.slipway.it.differential;

import dev.slipway.it.Processes.Ended;
import dev.slipway.it.Slipway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is tested. */
record SlipwayBuilder(Path store, String registry) implements Builder {
  @Override
  public String name() {
    return "slipway";
  }

  @Override
  public String version() {
    return "as built";
  }

  @Override
  public String build(Path directory, List<String> said, String tag, Path archive) {
    List<Object> words = new ArrayList<>();
    words.addAll(List.of("--plain-http", registry, "--progress", "plain"));
    words.addAll(List.of("-o", "type=oci,dest=" + archive));
    words.addAll(said);
    Ended ended = Slipway.storingIn(store).process("build", words.toArray()).in(directory).run();
    return ended.exitCode() == 0 ? null : ended.toString();
  }
}
