package dev.slipway.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code RUN}: runs a command and keeps the changes that it makes.
 *
 * @param heredocs of the shell form, in their order
 * @param mounts {@code --mount}, in their order
 * @param network {@code --network}
 * @param security {@code --security}
 * @param devices {@code --device}
 */
public record RunInstruction(
    InstructionSource source,
    Command command,
    List<Heredoc> heredocs,
    List<MountFlag> mounts,
    @Nullable Word network,
    @Nullable Word security,
    List<Word> devices)
    implements Instruction {
  public RunInstruction {
    heredocs = List.copyOf(heredocs);
    mounts = List.copyOf(mounts);
    devices = List.copyOf(devices);
  }

  /**
   * The here-document that is the whole command, as in {@code RUN <<EOF}: it is a script for the
   * shell, or a program where it starts with {@code #!}. Null where here-documents are only input
   * of a command that the shell reads itself.
   */
  public @Nullable Heredoc script() {
    return command instanceof Command.ShellForm shell
            && heredocs.size() == 1
            && HeredocWord.is(shell.text())
        ? heredocs.get(0)
        : null;
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
