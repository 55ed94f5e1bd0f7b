package dev.slipway.snapshot;

import dev.slipway.store.LayerId;
import dev.slipway.tree.ChangeSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of a file system, whatever its form. It costs nothing until a form is asked for; what
 * was asked for once is kept. Thread-safe.
 */
public abstract sealed class Layer permits DeferredLayer, ImageLayer, ComputedLayer, StepLayer {
  private final LayerId id;
  private @Nullable ChangeSet changes;

  Layer(LayerId id) {
    this.id = id;
  }

  /** Names it in the store. */
  public final LayerId id() {
    return id;
  }

  /**
   * Its tree form.
   *
   * @throws dev.slipway.diagnostic.BuildException if it cannot be had
   */
  public final synchronized ChangeSet changes() {
    if (changes == null) {
      changes = loadChanges();
    }
    return changes;
  }

  /** Whether its tree form is at hand, so that asking for it costs nothing. */
  public final synchronized boolean isLoaded() {
    return changes != null;
  }

  /**
   * How many bytes have to be fetched or decompressed before one of its files can be opened; 0
   * where they are at hand.
   */
  public long bytesToOpen() {
    return 0;
  }

  /**
   * Whether it is neither here nor made from what is: to ask for its files fetches it, or does its
   * step.
   */
  public boolean isElsewhere() {
    return false;
  }

  /** The layer that this one stands for; empty where it would have to be made first. */
  public Optional<Layer> settled() {
    return Optional.of(this);
  }

  /** The layer that this one stands for, made now if it is not yet. */
  Layer complete() {
    return this;
  }

  /** Whether it is known, without any work, to change nothing. */
  final synchronized boolean isKnownEmpty() {
    return changes != null && changes.isEmpty();
  }

  abstract ChangeSet loadChanges();
}
