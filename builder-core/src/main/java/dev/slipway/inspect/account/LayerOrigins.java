package dev.slipway.inspect.account;

import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.util.List;

/** Port: the instructions that an image was made by, where more is known than its history tells. */
public interface LayerOrigins {
  /** The instruction of a layer, or {@link Origin#NONE} to take what the history says. */
  Origin ofLayer(int layer);

  /** The instruction that made what is at a path of a layer, or {@link Origin#NONE}. */
  Origin ofFile(int layer, TreePath path);

  /** The images without a digest that it was made from, as the Dockerfile names them. */
  default List<String> bases() {
    return List.of();
  }

  /** Nothing but the history is known. */
  LayerOrigins UNKNOWN =
      new LayerOrigins() {
        @Override
        public Origin ofLayer(int layer) {
          return Origin.NONE;
        }

        @Override
        public Origin ofFile(int layer, TreePath path) {
          return Origin.NONE;
        }
      };
}
