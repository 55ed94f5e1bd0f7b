package dev.slipway.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * Layer directories that together are a root filesystem. The names are short and relative because
 * the kernel takes all of them in one page of text.
 *
 * @param folder the directory that holds them
 * @param names their names in it, the topmost first; empty for an empty root filesystem
 */
public record LayerStack(Path folder, List<String> names) {
  public LayerStack {
    names = List.copyOf(names);
  }
}
