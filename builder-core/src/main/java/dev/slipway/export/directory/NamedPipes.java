package dev.slipway.export.directory;

import dev.slipway.tree.Metadata;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Named pipes that are to be made, many with one start of the program {@code mkfifo}: Java has no
 * call for it. Not thread-safe.
 */
final class NamedPipes {
  /** The kernel takes 2 MiB of arguments, and paths of up to 4 KiB. */
  private static final int AT_ONCE = 400;

  /**
   * One of them.
   *
   * @param host absolute; nothing is there before it is made
   */
  record Pipe(Path host, TreePath path, Metadata metadata) {}

  private final List<Pipe> waiting = new ArrayList<>();

  void add(Pipe pipe) {
    waiting.add(pipe);
  }

  /**
   * Makes those that were added, with their permissions and times.
   *
   * @return those that could not be made, as on a machine without that program
   */
  List<Pipe> make() throws IOException {
    List<Pipe> missing = new ArrayList<>();
    for (int start = 0; start < waiting.size(); start += AT_ONCE) {
      List<Pipe> some = waiting.subList(start, Math.min(waiting.size(), start + AT_ONCE));
      mkfifo(some);
      for (Pipe pipe : some) {
        if (Files.exists(pipe.host(), LinkOption.NOFOLLOW_LINKS)) {
          complete(pipe);
        } else {
          missing.add(pipe);
        }
      }
    }
    waiting.clear();
    return missing;
  }

  private static void mkfifo(List<Pipe> pipes) {
    List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
    pipes.forEach(pipe -> command.add(pipe.host().toString()));
    try {
      Process program =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      program.getOutputStream().close();
      program.waitFor();
    } catch (IOException e) {
      // A machine without that program.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void complete(Pipe pipe) throws IOException {
    // Java opens a file for reading to set its time or mode; that waits until a pipe has a writer.
    FileChannel writer =
        FileChannel.open(
            pipe.host(),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      TreeWriter.setTime(pipe.host(), pipe.metadata());
      int mode = pipe.metadata().mode() & 0777;
      Files.setAttribute(pipe.host(), "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    } finally {
      writer.close();
    }
  }
}
