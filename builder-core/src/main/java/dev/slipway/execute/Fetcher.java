package dev.slipway.execute;

import dev.slipway.progress.Cancellation;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.RegularFile;
import org.jspecify.annotations.Nullable;

/** Port: fetches the remote sources of ADD. Thread-safe. */
public interface Fetcher {
  /**
   * Downloads a file.
   *
   * @param checksum {@code sha256:…}, or null
   */
  Download download(String url, @Nullable String checksum, Cancellation cancellation);

  /**
   * Checks a git repository out.
   *
   * @param checksum the commit that it must be, or null
   * @param keepGitDirectory null where the instruction does not say
   */
  Checkout checkOut(
      String url,
      @Nullable String checksum,
      @Nullable Boolean keepGitDirectory,
      Cancellation cancellation);

  /**
   * @param fileName as the URL names it; empty if it does not
   * @param file mode 0600, with the server's time of modification
   * @param sha256 of its content, lower-case hexadecimal
   */
  record Download(String fileName, RegularFile file, String sha256) {}

  /**
   * @param identity tells this tree from others with other names, modes or contents
   */
  record Checkout(FileTree tree, String identity) {}
}
