package dev.slipway.store;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How much the store holds, by kind. Every kind has an amount. */
public record Usage(Map<EntryKind, Amount> byKind) {
  /**
   * @param entries how many
   * @param bytes their sizes, each as recorded when it was made and rounded up to whole 4 KiB
   *     blocks
   */
  public record Amount(long entries, long bytes) {
    Amount plus(long size) {
      return new Amount(entries + 1, bytes + size);
    }
  }

  public Usage {
    EnumMap<EntryKind, Amount> copy = new EnumMap<>(EntryKind.class);
    for (EntryKind kind : EntryKind.values()) {
      copy.put(kind, byKind.getOrDefault(kind, new Amount(0, 0)));
    }
    byKind = Collections.unmodifiableMap(copy);
  }

  public Amount of(EntryKind kind) {
    return byKind.getOrDefault(kind, new Amount(0, 0));
  }

  public long totalBytes() {
    long total = 0;
    for (Amount amount : byKind.values()) {
      total += amount.bytes();
    }
    return total;
  }
}
