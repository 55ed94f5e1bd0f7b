package dev.slipway.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Upload sessions of one repository that are opened while what they are for is still being made, so
 * that it is sent as soon as it is there. Thread-safe.
 */
final class OpenedSessions {
  private final RegistryHost host;
  private final String repository;
  private final Queue<CompletableFuture<@Nullable URI>> sessions = new ConcurrentLinkedQueue<>();

  OpenedSessions(RegistryHost host, String repository) {
    this.host = host;
    this.repository = repository;
  }

  /** From now on there is one more to take; what is given back opens it, and has to be run. */
  Runnable opening() {
    CompletableFuture<@Nullable URI> session = new CompletableFuture<>();
    sessions.add(session);
    return () -> {
      URI opened = null;
      try {
        opened = UploadSession.open(host, repository);
      } catch (IOException | RuntimeException e) {
        // Who has something to upload opens one again, and tells what fails.
      } finally {
        session.complete(opened);
      }
    };
  }

  /** Waits for the next one that is being opened; null where there is none. */
  @Nullable URI take() {
    while (true) {
      CompletableFuture<@Nullable URI> next = sessions.poll();
      if (next == null) {
        return null;
      }
      URI session = next.join();
      if (session != null) {
        return session;
      }
    }
  }

  /** Ends those that nobody took. A registry that does not know how ends them in its own time. */
  void cancel() {
    for (URI session; (session = take()) != null; ) {
      UploadSession.cancel(host, repository, session);
    }
  }
}
