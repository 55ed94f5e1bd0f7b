package dev.slipway.inspect.start;

import dev.slipway.tree.Metadata;
import java.util.Set;

/**
 * Who a process is, as far as files care.
 *
 * @param gids the supplementary groups too
 */
record Identity(int uid, Set<Integer> gids) {
  static final Identity ROOT = new Identity(0, Set.of(0));

  private static final int READ = 4;
  private static final int EXECUTE = 1;

  Identity {
    gids = Set.copyOf(gids);
  }

  boolean mayRead(Metadata file) {
    return uid == 0 || may(file, READ);
  }

  /** Root, too, executes only what somebody may execute. */
  boolean mayExecute(Metadata file) {
    return uid == 0 ? (file.mode() & 0111) != 0 : may(file, EXECUTE);
  }

  boolean maySearch(Metadata directory) {
    return uid == 0 || may(directory, EXECUTE);
  }

  private boolean may(Metadata file, int right) {
    int shift = file.uid() == uid ? 6 : gids.contains(file.gid()) ? 3 : 0;
    return (file.mode() >> shift & right) != 0;
  }
}
