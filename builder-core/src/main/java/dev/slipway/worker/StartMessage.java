package dev.slipway.worker;

import dev.slipway.sandbox.SandboxKind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first message to a worker.
 *
 * @param scratch an empty directory to mount memory on
 * @param kind which isolation to use
 * @param searchPath where programs of the host are
 * @param java the command line that starts a JVM like the worker, but for the class to run
 */
record StartMessage(Path scratch, SandboxKind kind, List<Path> searchPath, List<String> java) {
  void write(DataOutputStream out) throws IOException {
    StepRequestCodec.writeText(scratch.toString(), out);
    out.writeByte(kind.ordinal());
    out.writeInt(searchPath.size());
    for (Path directory : searchPath) {
      StepRequestCodec.writeText(directory.toString(), out);
    }
    StepRequestCodec.writeTexts(java, out);
  }

  static StartMessage read(DataInputStream in) throws IOException {
    Path scratch = Path.of(StepRequestCodec.readText(in));
    SandboxKind kind = SandboxKind.values()[in.readByte()];
    List<Path> searchPath = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      searchPath.add(Path.of(StepRequestCodec.readText(in)));
    }
    return new StartMessage(scratch, kind, searchPath, StepRequestCodec.readTexts(in));
  }
}
