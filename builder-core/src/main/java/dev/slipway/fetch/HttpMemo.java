package dev.slipway.fetch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Port: what an earlier build downloaded, so that the server can be asked whether it still holds.
 * Thread-safe.
 */
public interface HttpMemo {
  /** Remembers nothing. */
  HttpMemo NONE =
      new HttpMemo() {
        @Override
        public Optional<Download> find(String url) {
          return Optional.empty();
        }

        @Override
        public void remember(String url, Download download) {}
      };

  /**
   * A file and what its server can be asked with; one of both is there.
   *
   * @param etag as the server sent it, or null
   * @param modified the {@code Last-Modified} that the server sent, or null
   */
  record Download(@Nullable String etag, @Nullable String modified, HttpFile file) {}

  /**
   * The last download of that URL whose bytes are still on disk.
   *
   * @param url without credentials
   */
  Optional<Download> find(String url);

  /**
   * @param download its file may go with the build: a memo that keeps it, keeps a copy
   */
  void remember(String url, Download download);
}
