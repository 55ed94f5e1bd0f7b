package dev.slipway.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code COPY}: files of the build context, a stage, an image or a named context.
 *
 * @param sources in their order, here-documents left out
 * @param heredocs sources given in place; the name is the file name
 * @param options what it shares with ADD
 * @param from {@code --from}: a stage name, a stage index, a named context or an image; takes no
 *     variables
 */
public record CopyInstruction(
    InstructionSource source,
    List<Word> sources,
    List<Heredoc> heredocs,
    Word destination,
    CopyOptions options,
    @Nullable Word from)
    implements Instruction {
  public CopyInstruction {
    sources = List.copyOf(sources);
    heredocs = List.copyOf(heredocs);
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
