package dev.slipway.worker;

import dev.slipway.sandbox.LayerDirectories;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.StepOutput;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.StepResult;
import dev.slipway.sandbox.StepRunner;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A worker process, seen from the process that needs it. Starting returns at once; requests are
 * sent as soon as there is a process, and steps that it cannot run are told why by their answer.
 * Thread-safe. Closing ends the worker and every step.
 */
public final class WorkerClient implements StepRunner, LayerDirectories, AutoCloseable {
  private final WorkerIdentity identity;
  private final WorkerCommand command;
  private final CompletableFuture<WorkerLink> starting = new CompletableFuture<>();

  private WorkerClient(WorkerSettings settings, WorkerIdentity identity) {
    this.identity = identity;
    command = new WorkerCommand(settings, identity);
  }

  /** Starts a worker in the background. */
  public static WorkerClient start(WorkerSettings settings) {
    WorkerClient client = new WorkerClient(settings, WorkerIdentity.current());
    Thread thread = new Thread(() -> client.launch(settings), "slipway-worker-start");
    thread.setDaemon(true);
    thread.start();
    return client;
  }

  private void launch(WorkerSettings settings) {
    try {
      SandboxException obstacle = StepObstacle.find(settings, identity);
      if (obstacle != null) {
        throw obstacle;
      }
      WorkerFiles files = WorkerFiles.prepare(settings, identity);
      WorkerLink link = new WorkerLink(command.start(files));
      StartMessage message =
          new StartMessage(
              files.scratch(), settings.kind(), settings.searchPath(), command.java(files));
      PendingRequest started = link.request(Frame.START, null, message::write).request();
      starting.complete(link); // others need not wait for the answer to send theirs
      endIfRefused(link, started);
    } catch (IOException e) {
      starting.completeExceptionally(
          new SandboxException("cannot start the worker process", null, e));
    } catch (RuntimeException | Error e) {
      starting.completeExceptionally(e);
    }
  }

  private static void endIfRefused(WorkerLink link, PendingRequest started) {
    try {
      started.await();
    } catch (SandboxException e) {
      link.end(e);
      link.close();
    }
  }

  private WorkerLink link() {
    try {
      return starting.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SandboxException cause) {
        throw new SandboxException(String.valueOf(cause.getMessage()), cause.hint(), cause);
      }
      throw e;
    }
  }

  @Override
  public String idMapping() {
    return command.mappingName();
  }

  /**
   * Starts a worker that is to delete layer directories only: root needs no namespaces for that.
   */
  public static WorkerClient startToDelete(WorkerSettings settings) {
    WorkerIdentity identity = WorkerIdentity.current();
    boolean plain = identity.uid() == 0 && !identity.mountsAllowed();
    return start(
        new WorkerSettings(
            settings.jvm(),
            settings.cache(),
            plain ? SandboxKind.CHROOT : settings.kind(),
            settings.searchPath()));
  }

  /**
   * What {@link #idMapping} of a worker with these settings is, without starting one; {@code none}
   * where there can be no worker because the system is not Linux.
   */
  public static String idMappingOf(WorkerSettings settings) {
    return Files.exists(WorkerIdentity.SELF)
        ? new WorkerClient(settings, WorkerIdentity.current()).idMapping()
        : "none";
  }

  @Override
  public RunningStep start(StepRequest request, StepOutput output) {
    WorkerLink link = link();
    WorkerLink.Numbered sent =
        link.request(Frame.RUN, output, out -> StepRequestCodec.write(request, out));
    return new RunningStep() {
      @Override
      public StepResult await() {
        try {
          DataInputStream answer = sent.request().await();
          int exitCode = answer.readInt();
          SandboxKind kind = SandboxKind.values()[answer.readByte()];
          String note = StepRequestCodec.readText(answer);
          return new StepResult(exitCode, kind, note.isEmpty() ? null : note);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void kill() {
        link.connection().trySend(Frame.KILL, sent.number(), new byte[0]);
      }
    };
  }

  private static long size(WorkerLink.Numbered request) {
    try {
      return request.request().await().readLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long unpack(TarSource tar, Path directory) throws IOException {
    WorkerLink link = link();
    WorkerLink.Numbered request =
        link.request(
            Frame.UNPACK, null, out -> StepRequestCodec.writeText(directory.toString(), out));
    byte complete = 0;
    try (OutputStream out = new SentStream(link.connection(), request)) {
      tar.writeTo(out);
      complete = 1;
    } catch (SentStream.Refused e) {
      // the worker's answer tells why
    } finally {
      link.connection().trySend(Frame.END, request.number(), new byte[] {complete});
    }
    return size(request);
  }

  @Override
  public InputStream read(Path directory, byte[] path) {
    WorkerLink link = link();
    return link.requestStream(
        Frame.READ,
        out -> {
          StepRequestCodec.writeText(directory.toString(), out);
          out.write(path);
        });
  }

  @Override
  public void delete(List<Path> directories) {
    WorkerLink link = link();
    List<WorkerLink.Numbered> requests = new ArrayList<>();
    for (Path directory : directories) {
      requests.add(
          link.request(
              Frame.DELETE, null, out -> StepRequestCodec.writeText(directory.toString(), out)));
    }
    for (WorkerLink.Numbered request : requests) {
      request.request().await();
    }
  }

  @Override
  public void close() {
    starting.whenComplete(
        (link, failure) -> {
          if (link != null) {
            link.close();
          }
        });
  }
}
