package dev.slipway.resolve;

import dev.slipway.dockerfile.Instruction;
import java.util.List;

/** Reads the triggers that ONBUILD left in an image. */
@FunctionalInterface
public interface TriggerParser {
  /**
   * @param name what to call the text in messages
   * @throws dev.slipway.diagnostic.DiagnosticsException if one is no instruction that may be a
   *     trigger
   */
  List<Instruction> parse(String name, List<String> triggers);
}
