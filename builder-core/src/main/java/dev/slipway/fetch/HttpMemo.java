package dev.slipway.fetch;

import java.util.Optional;

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
   * @param etag as the server sent it
   */
  record Download(String etag, HttpFile file) {}

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
