package dev.slipway.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code RUN}: runs a command and keeps the changes that it makes.
 *
 * @param script the here-document that is the whole command, as in {@code RUN <<EOF}: text for the
 *     shell, or a program where it starts with {@code #!}
 * @param heredocs those that are input of a command; the shell itself reads them
 * @param mounts {@code --mount}, in their order
 * @param network {@code --network}
 * @param security {@code --security}
 * @param devices {@code --device}, in their order
 */
public record RunInstruction(
    InstructionSource source,
    Command command,
    @Nullable Heredoc script,
    List<Heredoc> heredocs,
    List<MountFlag> mounts,
    Network network,
    Security security,
    List<RunDevice> devices)
    implements Instruction {
  public RunInstruction {
    heredocs = List.copyOf(heredocs);
    mounts = List.copyOf(mounts);
    devices = List.copyOf(devices);
  }

  /** What network the command sees. */
  public enum Network {
    DEFAULT,
    NONE,
    HOST
  }

  /** How much the command may do. */
  public enum Security {
    SANDBOX,
    INSECURE
  }

  /**
   * What the shell is given for the shell form: the script, or the command followed by its
   * here-documents. Empty for the exec form.
   */
  public String shellText() {
    if (script != null) {
      return script.content();
    }
    if (!(command instanceof Command.ShellForm shell)) {
      return "";
    }
    if (heredocs.isEmpty()) {
      return shell.text();
    }
    StringBuilder out = new StringBuilder(shell.text());
    for (Heredoc heredoc : heredocs) {
      out.append('\n').append(heredoc.rawContent()).append(heredoc.name());
    }
    return out.toString();
  }

  @Override
  public <R> R accept(InstructionVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
