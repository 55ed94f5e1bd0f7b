package dev.slipway.it;

import dev.slipway.it.Processes.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program, run in a fresh process with a store of its own. */
public final class Slipway {
  private final Path launcher;
  private final Path store;
  private final OrdinaryUser user;

  private Slipway(Path launcher, Path store, OrdinaryUser user) {
    this.launcher = launcher;
    this.store = store;
    this.user = user;
  }

  /** As whoever runs the tests. */
  public static Slipway storingIn(Path store) {
    return new Slipway(Machine.repository().resolve("slipway"), store, null);
  }

  /** As an ordinary user, from a copy that he can read, with a store that he can write. */
  public static Slipway as(OrdinaryUser user) {
    return new Slipway(user.slipway(), user.directory().resolve("store"), user);
  }

  public Path store() {
    return store;
  }

  /** {@code slipway build} with the store and plain progress. */
  public Ended build(Object... words) {
    return process("build", words).run();
  }

  /** As {@link #build}, for more to be said before it runs. */
  public Processes process(String command, Object... words) {
    List<String> line = new ArrayList<>();
    line.add(launcher.toString());
    line.add(command);
    line.add("--cache-dir=" + store);
    for (Object word : words) {
      line.add(word.toString());
    }
    return user == null ? Processes.command(line) : user.command(line);
  }

  /** The program with nothing added to what is said. */
  public Processes bare(String... words) {
    List<String> line = new ArrayList<>();
    line.add(launcher.toString());
    line.addAll(List.of(words));
    return user == null ? Processes.command(line) : user.command(line);
  }
}
