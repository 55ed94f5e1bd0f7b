package dev.slipway.worker;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.sandbox.Ending;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.rootfs.StepRoot;
import dev.slipway.sandbox.rootfs.TreeCopy;
import dev.slipway.sandbox.rootfs.TreeRemoval;
import dev.slipway.tree.ChangeSet;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers requests, each on a thread of its own. */
final class WorkerServer {
  private static final long CLEANUP_SECONDS = 3;

  /** Trees are walked by recursion, as deep as a path of a layer can be. */
  private static final long STACK_SIZE = 16L << 20;

  private final Connection connection;
  private final MemoryPressure memory = new MemoryPressure();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(null, task, "request", STACK_SIZE);
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Integer, Ending> steps = new ConcurrentHashMap<>();
  private final Map<Integer, ReceivedStream> received = new ConcurrentHashMap<>();
  private final Map<Integer, Window> sending = new ConcurrentHashMap<>();
  private @Nullable Ground ground;

  /** Why there is no ground, which is the answer to every step, too. */
  private @Nullable Exception obstacle;

  /** What is worth doing as long as there is no step to run. */
  private @Nullable Rehearsal rehearsal;

  /** A request's work; what it returns is the body of the answer. */
  @FunctionalInterface
  private interface Work {
    Connection.Body run() throws IOException;
  }

  WorkerServer(Connection connection) {
    this.connection = connection;
  }

  /** Returns at the end of the input, when the steps have ended and left nothing behind. */
  void serve() throws IOException {
    while (true) {
      Connection.Message message = connection.receive();
      if (message == null) {
        break;
      }
      handle(message);
      rehearse(message.kind());
    }
    steps.values().forEach(Ending::request);
    received.values().forEach(stream -> stream.end(new IOException("the builder has ended")));
    sending.values().forEach(Window::close);
    threads.shutdown();
    try {
      threads.awaitTermination(CLEANUP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Ground on = ground;
    if (on != null) {
      on.close();
    }
  }

  private void handle(Connection.Message message) throws IOException {
    int request = message.request();
    DataInputStream body = new DataInputStream(new ByteArrayInputStream(message.body()));
    switch (message.kind()) {
      case START:
        StartMessage start = StartMessage.read(body);
        answer(request, () -> start(start));
        break;
      case RUN:
        StepRequest step = StepRequestCodec.read(body);
        rehearsal = null; // this step waits already
        Ending ending = new Ending();
        steps.put(request, ending);
        threads.execute(() -> run(request, step, ending));
        break;
      case KILL:
        Ending running = steps.get(request);
        if (running != null) {
          running.request();
        }
        break;
      case UNPACK:
        Path directory = Path.of(StepRequestCodec.readText(body));
        ReceivedStream stream = new ReceivedStream(count -> sendRoom(request, count));
        received.put(request, stream);
        submit(request, () -> unpack(stream, directory));
        break;
      case READ:
        Path layer = Path.of(StepRequestCodec.readText(body));
        byte[] path = body.readAllBytes();
        sending.put(request, new Window());
        submit(request, () -> read(request, layer, path));
        break;
      case DELETE:
        Path doomed = Path.of(StepRequestCodec.readText(body));
        submit(request, () -> delete(doomed));
        break;
      default:
        handleStream(message, body);
    }
  }

  private void handleStream(Connection.Message message, DataInputStream body) throws IOException {
    ReceivedStream stream = received.get(message.request());
    Window window = sending.get(message.request());
    switch (message.kind()) {
      case BYTES:
        if (stream != null) {
          stream.add(message.body());
        }
        break;
      case END:
        if (stream != null) {
          boolean complete = body.readBoolean();
          stream.end(complete ? null : new IOException("the layer could not be read to its end"));
        } else if (window != null) {
          window.close();
        }
        break;
      case ROOM:
        if (window != null) {
          window.give(body.readInt());
        }
        break;
      default:
        throw new IOException("unexpected message " + message.kind());
    }
  }

  private void submit(int request, Work work) {
    threads.execute(() -> answer(request, work));
  }

  private void answer(int request, Work work) {
    try {
      Connection.Body body = work.run();
      connection.send(Frame.DONE, request, body);
    } catch (Throwable e) {
      sendFailure(request, e);
    } finally {
      steps.remove(request);
      received.remove(request);
      sending.remove(request);
    }
  }

  private void sendFailure(int request, Throwable e) {
    boolean expected = e instanceof BuildException || e instanceof IOException;
    if (!expected) {
      e.printStackTrace();
    }
    String hint = e instanceof BuildException failure ? failure.hint() : null;
    try {
      connection.send(
          Frame.FAILED,
          request,
          out -> {
            StepRequestCodec.writeText(
                expected ? String.valueOf(e.getMessage()) : e.toString(), out);
            StepRequestCodec.writeText(hint == null ? "" : hint, out);
          });
    } catch (IOException unheard) {
      // the client is gone, and this process ends with its input
    }
  }

  private void sendRoom(int request, int count) throws IOException {
    connection.send(Frame.ROOM, request, out -> out.writeInt(count));
  }

  private Connection.Body start(StartMessage start) throws IOException {
    try {
      Ground made = ground(start);
      ground = made;
      rehearsal = new Rehearsal(made);
    } catch (IOException | RuntimeException e) {
      obstacle = e;
      throw e;
    }
    return out -> {};
  }

  private static Ground ground(StartMessage start) throws IOException {
    Sandbox sandbox =
        Sandboxes.make(start.kind(), new ProgramSearch(start.searchPath()), start.java());
    return start.kind() == SandboxKind.CHROOT
        ? CopiedGround.make(sandbox, start.scratch())
        : MountedGround.mount(sandbox, start.scratch());
  }

  /** Unless a step may be waiting behind the first message. */
  private void rehearse(Frame last) throws IOException {
    if (rehearsal != null && (last != Frame.START || !connection.hasMore())) {
      threads.execute(rehearsal);
      rehearsal = null;
    }
  }

  private void run(int request, StepRequest step, Ending ending) {
    Ground on = ground;
    Path scratch = on == null ? null : on.scratch().resolve("step" + request);
    answer(
        request,
        () -> {
          if (on == null || scratch == null) {
            throw notStarted();
          }
          return run(request, step, ending, on, Files.createDirectory(scratch));
        });
    // the client need not wait for this: the kernel takes its time to end the step's mounts
    try {
      if (scratch != null) {
        TreeRemoval.remove(scratch);
      }
      TreeRemoval.remove(step.work());
    } catch (IOException e) {
      e.printStackTrace();
    }
  }

  private IOException notStarted() {
    if (obstacle instanceof RuntimeException e) {
      throw e;
    }
    return obstacle instanceof IOException e ? e : new IOException("not started");
  }

  private Connection.Body run(int request, StepRequest step, Ending ending, Ground on, Path scratch)
      throws IOException {
    try (AgentProxies agents = new AgentProxies(step, scratch);
        StepRoot root = on.root(agents.request(), scratch)) {
      StepTask task = new StepTask(agents.request(), on, root, ending);
      int exitCode =
          task.run(
              (error, bytes, length) -> {
                byte[] body = new byte[length + 1];
                body[0] = (byte) (error ? 1 : 0);
                System.arraycopy(bytes, 0, body, 1, length);
                connection.send(Frame.OUTPUT, request, body, body.length);
              });
      String note = ending.isRequested() ? null : memory.note(exitCode);
      if (exitCode == 0) {
        writeChanges(step, root);
      }
      return out -> {
        out.writeInt(exitCode);
        out.writeByte(on.sandbox().kind().ordinal());
        StepRequestCodec.writeText(note == null ? "" : note, out);
      };
    }
  }

  private static void writeChanges(StepRequest step, StepRoot root) throws IOException {
    Path upper = root.changes();
    ChangeSet changes = new UpperReader(root.made()).read(upper, step.root());
    if (!upper.equals(step.upper())) {
      TreeCopy.copy(upper, step.upper());
    }
    ChangeSets.write(changes, step.changes());
  }

  private static Connection.Body unpack(ReceivedStream tar, Path directory) throws IOException {
    try (tar) {
      long size = LayerUnpacker.unpack(tar, directory);
      return out -> out.writeLong(size);
    }
  }

  private Connection.Body read(int request, Path directory, byte[] path) throws IOException {
    Window window = sending.get(request);
    LayerFile.read(
        directory,
        path,
        (bytes, length) -> {
          if (window != null) {
            window.take(length);
          }
          connection.send(Frame.BYTES, request, bytes, length);
        });
    return out -> {};
  }

  private static Connection.Body delete(Path directory) throws IOException {
    TreeRemoval.remove(directory);
    return out -> {};
  }
}
