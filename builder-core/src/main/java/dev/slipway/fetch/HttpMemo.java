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
   * @param etag without the mark of a weak one
   */
  record Download(String etag, HttpFile file) {}

  /**
   * The last download of that URL whose bytes are still on disk.
   *
   * @param url without credentials
   */
  Optional<Download> find(String url);

  void remember(String url, Download download);
}
