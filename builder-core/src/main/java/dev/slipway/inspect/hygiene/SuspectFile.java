package dev.slipway.inspect.hygiene;

import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;

/**
 * A file that an image should perhaps not ship.
 *
 * @param layer its index, from the lowest, 0
 * @param what it is, as {@code private key}
 * @param origin the instruction that made it, or {@link Origin#NONE}
 * @param visible whether it is still there in the end
 */
public record SuspectFile(int layer, TreePath path, String what, Origin origin, boolean visible) {}
