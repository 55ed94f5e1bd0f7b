package dev.slipway.it;

import dev.slipway.layer.ChangeSetCodec;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.StepMount;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.StepResult;
import dev.slipway.sandbox.StepRunner;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.Metadata;
import dev.slipway.worker.WorkerClient;
import dev.slipway.worker.WorkerJvm;
import dev.slipway.worker.WorkerSettings;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs steps that come as {@link StepOrder}s on standard input: a process of its own, so that it
 * can belong to an ordinary user. Arguments: a folder to work in, the kind of sandbox, a tar of
 * busybox.
 */
final class StepProgram {
  private final Path folder;
  private final WorkerClient worker;
  private final String base;
  private int count;

  private StepProgram(Path folder, WorkerClient worker, Path busybox) throws IOException {
    this.folder = folder;
    this.worker = worker;
    base = unpack(Files.readAllBytes(busybox));
  }

  public static void main(String[] args) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Path folder = Files.createDirectories(Path.of(args[0]));
    WorkerSettings settings =
        new WorkerSettings(
            WorkerJvm.of(Path.of(System.getProperty("java.home"), "bin/java")),
            folder.resolve("cache"),
            SandboxKind.of(args[1]),
            List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin")));
    try (WorkerClient worker = WorkerClient.start(settings)) {
      StepProgram program =
          new StepProgram(
              Files.createDirectories(folder.resolve("layers")), worker, Path.of(args[2]));
      ObjectOutputStream out = new ObjectOutputStream(answers);
      out.flush();
      ObjectInputStream in = new ObjectInputStream(System.in);
      while (true) {
        StepOrder order;
        try {
          order = (StepOrder) in.readObject();
        } catch (EOFException e) {
          break;
        }
        out.writeObject(program.run(order));
        out.flush();
      }
    }
  }

  private StepOrder.Outcome run(StepOrder order) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Path upper = Files.createDirectory(folder.resolve("u" + ++count));
    try {
      List<String> names = new ArrayList<>();
      names.add(base);
      for (byte[] layer : order.layers) {
        names.add(0, unpack(layer));
      }
      Path changes = folder.resolveSibling("changes" + count);
      StepRequest request =
          new StepRequest(
              new LayerStack(folder, names),
              upper,
              folder.resolveSibling("work" + count),
              changes,
              process(order),
              mounts(order));
      StepRunner.RunningStep step =
          worker.start(request, (error, bytes, length) -> output.write(bytes, 0, length));
      if (order.killAfterMillis > 0) {
        Thread.sleep(order.killAfterMillis);
        step.kill();
      }
      StepResult result = step.await();
      return new StepOrder.Outcome(
          result.exitCode(),
          "",
          output.toString(StandardCharsets.UTF_8),
          result.exitCode() == 0 ? describe(changes) : List.of(),
          result.driver().label(),
          upper.toString());
    } catch (SandboxException | IOException e) {
      String text = output.toString(StandardCharsets.UTF_8);
      return new StepOrder.Outcome(-1, e.getMessage(), text, List.of(), "", upper.toString());
    }
  }

  private String unpack(byte[] tar) throws IOException {
    String name = "l" + ++count;
    Path directory = Files.createDirectory(folder.resolve(name));
    worker.unpack(out -> out.write(tar), directory);
    return name;
  }

  private static ProcessSpec process(StepOrder order) {
    return ProcessSpec.builder(order.argv)
        .environment(order.environment)
        .workingDirectory(order.workingDirectory)
        .user(order.uid, order.gid, order.groups)
        .network(order.lonely ? ProcessSpec.Network.NONE : ProcessSpec.Network.HOST)
        .security(order.insecure ? ProcessSpec.Security.INSECURE : ProcessSpec.Security.SANDBOX)
        .build();
  }

  private List<StepMount> mounts(StepOrder order) throws IOException {
    List<StepMount> mounts = new ArrayList<>();
    for (StepOrder.Mount m : order.mounts) {
      mounts.add(
          switch (m.kind()) {
            case "bind", "writable-bind" ->
                new StepMount.Bind(
                    m.target(),
                    new LayerStack(folder, List.of(unpack(m.layer()))),
                    m.source(),
                    m.kind().equals("bind"));
            case "cache" ->
                new StepMount.Cache(
                    m.target(),
                    Files.createDirectories(folder.resolveSibling(m.host())),
                    m.source(),
                    false,
                    m.mode(),
                    m.uid(),
                    m.gid(),
                    null,
                    "");
            case "tmpfs" -> new StepMount.Tmpfs(m.target(), m.size(), false);
            case "secret" ->
                new StepMount.Secret(m.target(), m.content(), m.mode(), m.uid(), m.gid());
            default -> new StepMount.Ssh(m.target(), Path.of(m.host()), m.mode(), m.uid(), m.gid());
          });
    }
    return mounts;
  }

  private static List<String> describe(Path changes) throws IOException {
    List<String> lines = new ArrayList<>();
    byte[] encoded = Files.readAllBytes(changes);
    for (Change change :
        ChangeSetCodec.read(encoded, (reference, size, digest) -> new BytesContent(reference))) {
      lines.add(describe(change));
    }
    return lines;
  }

  private static String describe(Change change) {
    String path = new String(change.path().toBytes(), StandardCharsets.ISO_8859_1);
    if (change instanceof Change.Put put) {
      Metadata metadata = put.entry().metadata();
      return "put /%s %s %o %d:%d%s"
          .formatted(
              path,
              put.entry().kind().name().toLowerCase(Locale.ROOT),
              metadata.mode(),
              metadata.uid() & 0xffffffffL,
              metadata.gid() & 0xffffffffL,
              metadata.xattrs().isEmpty() ? "" : " " + metadata.xattrs().names());
    }
    return (change instanceof Change.Whiteout ? "whiteout /" : "opaque /") + path;
  }
}
