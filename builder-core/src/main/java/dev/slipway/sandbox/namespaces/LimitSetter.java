package dev.slipway.sandbox.namespaces;

import dev.slipway.linux.Credentials;
import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Errno;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.linux.Processes;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.ProcessSpec.Ulimit;
import dev.slipway.sandbox.ResourceLimit;
import dev.slipway.sandbox.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sets the resource limits of a process that waits to execute its program. Limits belong to a whole
 * process, so a step's thread cannot take them on before; and no thread can be made by a step's
 * thread, so that there is one for all steps.
 */
final class LimitSetter {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

  private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

  /**
   * A process to set limits of.
   *
   * @param thread whose child the process is
   * @param holder another child of the thread
   * @param gate a descriptor of the FIFO that the process waits for
   */
  record Job(
      int thread, int holder, int gate, ProcessSpec process, CompletableFuture<Boolean> done) {}

  LimitSetter() {
    Thread thread = new Thread(this::work, "limits");
    thread.setDaemon(true);
    thread.start();
  }

  void submit(Job job) {
    jobs.add(job);
  }

  private void work() {
    while (true) {
      try {
        Job job = jobs.take();
        int child = awaitChild(job);
        if (child > 0) {
          set(job, child);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static int awaitChild(Job job) {
    Path children = Path.of("/proc/self/task/" + job.thread() + "/children");
    long start = System.nanoTime();
    while (!job.done().isDone() && System.nanoTime() - start < PATIENCE) {
      try {
        for (String pid : Files.readString(children, StandardCharsets.US_ASCII).split(" ")) {
          if (!pid.isBlank() && Integer.parseInt(pid.strip()) != job.holder()) {
            return Integer.parseInt(pid.strip());
          }
        }
      } catch (IOException e) {
        break;
      }
      LockSupport.parkNanos(PAUSE);
    }
    job.done().completeExceptionally(new SandboxException("cannot find the process to limit"));
    return -1;
  }

  private static void set(Job job, int child) throws InterruptedException {
    try {
      for (Ulimit limit : job.process().ulimits()) {
        set(job.process(), limit, child);
      }
      job.done().complete(true);
      openGate(job);
    } catch (SandboxException | LinuxException e) {
      job.done().completeExceptionally(e);
      try {
        Processes.kill(child, Processes.SIGKILL);
      } catch (LinuxException ended) {
        // by itself, meanwhile
      }
    }
  }

  private static void set(ProcessSpec process, Ulimit limit, int child)
      throws InterruptedException {
    ResourceLimit resource = ResourceLimit.of(limit.name());
    if (resource == null) {
      throw new SandboxException("unknown limit '" + limit.name() + "'");
    }
    LinuxException failure = trySet(child, resource.number(), limit);
    if (failure != null && failure.errno() == Errno.EPERM) {
      failure = trySetAsItsUser(process, child, resource.number(), limit);
    }
    if (failure != null) {
      throw limit.refusal(failure.reason(), failure);
    }
  }

  private static @Nullable LinuxException trySet(int child, int resource, Ulimit limit) {
    try {
      Processes.limit(child, resource, limit.soft(), limit.hard());
      return null;
    } catch (LinuxException e) {
      return e;
    }
  }

  /** Without CAP_SYS_RESOURCE only a process' own user may lower its limits. */
  private static @Nullable LinuxException trySetAsItsUser(
      ProcessSpec process, int child, int resource, Ulimit limit) throws InterruptedException {
    LinuxException[] failure = new LinuxException[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                Credentials.become(process.uid(), process.gid(), process.groups());
                Processes.limit(child, resource, limit.soft(), limit.hard());
              } catch (LinuxException e) {
                failure[0] = e;
              }
            },
            "limits of a user");
    thread.start();
    thread.join();
    return failure[0];
  }

  private static void openGate(Job job) throws LinuxException {
    byte[] path = PathBytes.of("/proc/self/fd/" + job.gate());
    long start = System.nanoTime();
    while (true) {
      try {
        int flags = Descriptors.WRITE | Descriptors.NON_BLOCKING;
        Descriptors.close(Descriptors.open(Descriptors.WORKING_DIRECTORY, path, flags, 0));
        return;
      } catch (LinuxException e) {
        if (e.errno() != Errno.ENXIO || System.nanoTime() - start > PATIENCE) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE); // it has not come to the gate yet
      }
    }
  }
}
