package dev.slipway.context;

import org.jspecify.annotations.Nullable;

/** Port: digests of host files remembered from build to build. Thread-safe. */
public interface FileDigests {
  /** Remembers nothing. */
  FileDigests NONE =
      new FileDigests() {
        @Override
        public @Nullable String find(HostFileIdentity file) {
          return null;
        }

        @Override
        public void remember(HostFileIdentity file, String sha256) {}
      };

  /** The SHA-256 in lower-case hexadecimal, or null where the file must be read. */
  @Nullable String find(HostFileIdentity file);

  /**
   * Called after the file was read and found unchanged since it was looked at. A file that was
   * modified within the clock's granularity of that look may change again without a trace: it is up
   * to the memo not to keep what is not older than the context.
   */
  void remember(HostFileIdentity file, String sha256);
}
