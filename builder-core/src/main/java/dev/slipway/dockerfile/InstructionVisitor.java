package dev.slipway.dockerfile;

/** One method for each kind of instruction, so that the compiler names the one that is missing. */
public interface InstructionVisitor<R> {
  R visit(AddInstruction add);

  R visit(ArgInstruction arg);

  R visit(CmdInstruction cmd);

  R visit(CopyInstruction copy);

  R visit(EntrypointInstruction entrypoint);

  R visit(EnvInstruction env);

  R visit(ExposeInstruction expose);

  R visit(FromInstruction from);

  R visit(HealthcheckInstruction healthcheck);

  R visit(LabelInstruction label);

  R visit(MaintainerInstruction maintainer);

  R visit(OnbuildInstruction onbuild);

  R visit(RunInstruction run);

  R visit(ShellInstruction shell);

  R visit(StopsignalInstruction stopsignal);

  R visit(UserInstruction user);

  R visit(VolumeInstruction volume);

  R visit(WorkdirInstruction workdir);
}
