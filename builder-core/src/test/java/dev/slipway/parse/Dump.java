package dev.slipway.parse;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.dockerfile.AddInstruction;
import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.CmdInstruction;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.CopyOptions;
import dev.slipway.dockerfile.Directive;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.EntrypointInstruction;
import dev.slipway.dockerfile.EnvInstruction;
import dev.slipway.dockerfile.ExposeInstruction;
import dev.slipway.dockerfile.FromInstruction;
import dev.slipway.dockerfile.HealthcheckInstruction;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.InstructionVisitor;
import dev.slipway.dockerfile.KeyValue;
import dev.slipway.dockerfile.LabelInstruction;
import dev.slipway.dockerfile.MaintainerInstruction;
import dev.slipway.dockerfile.OnbuildInstruction;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.ShellInstruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.StopsignalInstruction;
import dev.slipway.dockerfile.UserInstruction;
import dev.slipway.dockerfile.VolumeInstruction;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.WorkdirInstruction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints a Dockerfile so that a reviewer sees every part of every instruction, and its lines. */
final class Dump implements InstructionVisitor<String> {
  private static final Dump INSTANCE = new Dump();

  static String of(Dockerfile dockerfile) {
    StringBuilder out = new StringBuilder();
    for (Directive directive : dockerfile.directives()) {
      out.append("directive ").append(directive.name()).append(' ');
      out.append(quote(directive.value())).append('\n');
    }
    for (ArgInstruction arg : dockerfile.globalArgs()) {
      out.append(line(arg)).append('\n');
    }
    for (Stage stage : dockerfile.stages()) {
      out.append("stage ").append(stage.index()).append(' ').append(stage.name());
      if (!stage.description().isEmpty()) {
        out.append(" described ").append(quote(stage.description()));
      }
      out.append('\n').append("  ").append(line(stage.from())).append('\n');
      for (Instruction instruction : stage.instructions()) {
        out.append("  ").append(line(instruction)).append('\n');
      }
    }
    for (Diagnostic warning : dockerfile.warnings()) {
      out.append(warning.render()).append('\n');
    }
    return out.toString();
  }

  static String line(Instruction instruction) {
    return instruction.span().line()
        + "-"
        + instruction.span().endLine()
        + " "
        + instruction.keyword()
        + instruction.accept(INSTANCE);
  }

  private static String quote(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
        + '"';
  }

  private static String words(List<Word> words) {
    StringBuilder out = new StringBuilder();
    for (Word word : words) {
      out.append(' ').append(quote(word.text()));
    }
    return out.toString();
  }

  private static String flag(String name, @Nullable Object value) {
    return value == null ? "" : " " + name + "=" + value;
  }

  private static String list(String name, List<?> values) {
    return values.isEmpty() ? "" : " " + name + "=" + values;
  }

  private static String documents(List<Heredoc> heredocs) {
    StringBuilder out = new StringBuilder();
    for (Heredoc heredoc : heredocs) {
      out.append(" <<").append(heredoc.name()).append(heredoc.expand() ? "" : " literal");
      out.append(heredoc.stripTabs() ? " stripped " : " ").append(quote(heredoc.content()));
    }
    return out.toString();
  }

  private static String command(@Nullable Command command) {
    if (command instanceof Command.ShellForm shell) {
      return " shell " + quote(shell.text());
    }
    return command instanceof Command.ExecForm exec ? " exec " + exec.arguments() : " none";
  }

  private static String options(CopyOptions options) {
    return flag("chown", options.chown())
        + flag("chmod", options.chmod())
        + (options.link() ? " link" : "")
        + (options.parents() ? " parents" : "")
        + list("exclude", options.excludes());
  }

  private static String pairs(List<KeyValue> pairs, boolean legacy) {
    StringBuilder out = new StringBuilder(legacy ? " legacy" : "");
    for (KeyValue pair : pairs) {
      out.append(' ').append(quote(pair.key().text())).append('=');
      out.append(quote(pair.value().text()));
    }
    return out.toString();
  }

  @Override
  public String visit(AddInstruction add) {
    return options(add.options())
        + flag("checksum", add.checksum())
        + flag("keep-git-dir", add.keepGitDir())
        + flag("unpack", add.unpack())
        + words(add.sources())
        + documents(add.heredocs())
        + " -> "
        + quote(add.destination().text());
  }

  @Override
  public String visit(ArgInstruction arg) {
    StringBuilder out = new StringBuilder();
    for (ArgDefinition definition : arg.definitions()) {
      out.append(' ').append(definition.name());
      Word value = definition.defaultValue();
      out.append(value == null ? "" : "=" + quote(value.text()));
    }
    return out.toString();
  }

  @Override
  public String visit(CmdInstruction cmd) {
    return command(cmd.command());
  }

  @Override
  public String visit(CopyInstruction copy) {
    return flag("from", copy.from())
        + options(copy.options())
        + words(copy.sources())
        + documents(copy.heredocs())
        + " -> "
        + quote(copy.destination().text());
  }

  @Override
  public String visit(EntrypointInstruction entrypoint) {
    return command(entrypoint.command());
  }

  @Override
  public String visit(EnvInstruction env) {
    return pairs(env.pairs(), env.legacy());
  }

  @Override
  public String visit(ExposeInstruction expose) {
    return words(expose.ports());
  }

  @Override
  public String visit(FromInstruction from) {
    return flag("platform", from.platform())
        + " "
        + quote(from.base().text())
        + (from.name() == null ? "" : " " + from.as() + " " + from.name());
  }

  @Override
  public String visit(HealthcheckInstruction healthcheck) {
    return flag("interval", healthcheck.interval())
        + flag("timeout", healthcheck.timeout())
        + flag("start-period", healthcheck.startPeriod())
        + flag("start-interval", healthcheck.startInterval())
        + flag("retries", healthcheck.retries())
        + command(healthcheck.test());
  }

  @Override
  public String visit(LabelInstruction label) {
    return pairs(label.pairs(), label.legacy());
  }

  @Override
  public String visit(MaintainerInstruction maintainer) {
    return " " + quote(maintainer.author());
  }

  @Override
  public String visit(OnbuildInstruction onbuild) {
    Instruction trigger = onbuild.instruction();
    return " " + quote(onbuild.trigger()) + (trigger == null ? "" : " = " + line(trigger));
  }

  @Override
  public String visit(RunInstruction run) {
    return list("mounts", run.mounts().stream().map(mount -> mount.text()).toList())
        + (run.network() == RunInstruction.Network.DEFAULT ? "" : " network=" + run.network())
        + (run.security() == RunInstruction.Security.SANDBOX ? "" : " security=" + run.security())
        + list("devices", run.devices().stream().map(device -> device.name()).toList())
        + command(run.command())
        + (run.script() == null ? "" : " script" + documents(List.of(run.script())))
        + documents(run.heredocs());
  }

  @Override
  public String visit(ShellInstruction shell) {
    return " " + shell.shell();
  }

  @Override
  public String visit(StopsignalInstruction stopsignal) {
    return " " + quote(stopsignal.signal().text());
  }

  @Override
  public String visit(UserInstruction user) {
    return " " + quote(user.user().text());
  }

  @Override
  public String visit(VolumeInstruction volume) {
    return words(volume.paths());
  }

  @Override
  public String visit(WorkdirInstruction workdir) {
    return " " + quote(workdir.path().text());
  }
}
