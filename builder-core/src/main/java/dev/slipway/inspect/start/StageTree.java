package dev.slipway.inspect.start;

import dev.slipway.tree.FileTree;
import java.util.function.Supplier;

/**
 * Files that a missing one may be copied from.
 *
 * @param name what {@code COPY --from} calls it
 * @param tree asked for only when something is missing
 */
public record StageTree(String name, Supplier<FileTree> tree) {}
