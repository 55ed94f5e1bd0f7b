package dev.slipway.execute;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The cache mounts that steps of a build have had, of all its stages and platforms. Where a build
 * may use nothing of earlier ones, its first step that takes a cache finds it empty, and what it
 * leaves there is for the others.
 */
final class UsedCaches {
  private final Map<String, CompletableFuture<Void>> taken = new ConcurrentHashMap<>();

  /**
   * Takes a cache; nobody gets it before who comes first has it.
   *
   * @param take told whether this is the first time
   */
  <T> T take(String id, Function<Boolean, T> take) {
    CompletableFuture<Void> own = new CompletableFuture<>();
    CompletableFuture<Void> first = taken.putIfAbsent(id, own);
    if (first != null) {
      first.join();
      return take.apply(false);
    }
    try {
      return take.apply(true);
    } finally {
      own.complete(null);
    }
  }
}
