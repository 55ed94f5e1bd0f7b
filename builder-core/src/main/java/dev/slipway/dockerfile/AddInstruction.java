package dev.slipway.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ADD}: files of the build context, URLs, git repositories and archives.
 *
 * @param sources in their order, here-documents left out
 * @param heredocs sources given in place; the name is the file name
 * @param options what it shares with COPY
 * @param checksum {@code --checksum}
 * @param keepGitDir {@code --keep-git-dir}; null where not given
 * @param unpack {@code --unpack}; null where not given
 */
public record AddInstruction(
    InstructionSource source,
    List<Word> sources,
    List<Heredoc> heredocs,
    Word destination,
    CopyOptions options,
    @Nullable Word checksum,
    @Nullable Boolean keepGitDir,
    @Nullable Boolean unpack)
    implements Instruction {
  public AddInstruction {
    sources = List.copyOf(sources);
    heredocs = List.copyOf(heredocs);
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
