package dev.slipway.assemble;

import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The history of an image to be. It has one entry that is no empty layer for each layer, as readers
 * demand. Of layers that were squashed the entries stay, so that it can still be read how the image
 * was made, but they count as empty; one entry more, the last, stands for the layer.
 */
final class LayerHistory {
  static final String SQUASHED = "slipway squash";

  private final List<AssembledLayer> layers;
  private final Instant imageTime;
  private final Optional<Instant> epoch;
  private final List<HistoryEntry> history = new ArrayList<>();

  private LayerHistory(List<AssembledLayer> layers, Instant imageTime, Optional<Instant> epoch) {
    this.layers = layers;
    this.imageTime = imageTime;
    this.epoch = epoch;
  }

  /**
   * @param written with an entry for each layer before any was squashed
   */
  static List<HistoryEntry> of(
      List<HistoryEntry> written,
      List<AssembledLayer> layers,
      Instant imageTime,
      Optional<Instant> epoch) {
    LayerHistory history = new LayerHistory(layers, imageTime, epoch);
    history.add(HistoryEntry.fitted(written, history.layersBefore()));
    return history.history;
  }

  private int layersBefore() {
    int count = 0;
    for (AssembledLayer layer : layers) {
      count += layer.created().size();
    }
    return count;
  }

  private void add(List<HistoryEntry> written) {
    Instant time = firstTime();
    int layer = 0;
    int part = 0;
    for (HistoryEntry entry : written) {
      boolean squashed = false;
      if (!entry.emptyLayer()) {
        AssembledLayer own = layers.get(layer);
        squashed = own.isSquashed();
        time = own.created().get(part++).orElse(time);
        if (part == own.created().size()) {
          layer++;
          part = 0;
        }
      }
      history.add(entry(entry, time, squashed));
    }
    AssembledLayer last = layers.isEmpty() ? null : layers.get(layers.size() - 1);
    if (last != null && last.isSquashed()) {
      history.add(
          new HistoryEntry(
              Rfc3339.format(epoch.orElse(imageTime)),
              SQUASHED,
              "",
              last.created().size() + " layers as one",
              false));
    }
  }

  private Instant firstTime() {
    for (AssembledLayer layer : layers) {
      for (Optional<Instant> created : layer.created()) {
        if (created.isPresent()) {
          return created.get();
        }
      }
    }
    return imageTime;
  }

  private HistoryEntry entry(HistoryEntry entry, Instant time, boolean squashed) {
    if (!squashed && !entry.created().isEmpty()) {
      return entry;
    }
    return new HistoryEntry(
        entry.created().isEmpty() ? Rfc3339.format(epoch.orElse(time)) : entry.created(),
        entry.createdBy(),
        entry.author(),
        entry.comment(),
        entry.emptyLayer() || squashed);
  }
}
