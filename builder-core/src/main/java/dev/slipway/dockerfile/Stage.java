package dev.slipway.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A FROM line and what follows it.
 *
 * @param index its number in the file, from 0
 * @param name in lower case; null where it has none
 * @param description what the comment above FROM says of it, as in {@code # build compiles the
 *     program}; empty for nothing
 * @param instructions those after FROM
 */
public record Stage(
    int index,
    @Nullable String name,
    FromInstruction from,
    String description,
    List<Instruction> instructions) {
  public Stage {
    instructions = List.copyOf(instructions);
  }
}
