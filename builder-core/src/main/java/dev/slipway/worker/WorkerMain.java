package dev.slipway.worker;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** Where the worker process starts. It ends when its input does, and everything in it then too. */
public final class WorkerMain {
  private static final int INPUT_BUFFER = 256 << 10;

  private WorkerMain() {}

  public static void main(String[] args) {
    Connection connection =
        new Connection(
            new BufferedInputStream(new FileInputStream(FileDescriptor.in), INPUT_BUFFER),
            new FileOutputStream(FileDescriptor.out));
    int exitCode = 0;
    try {
      new WorkerServer(connection).serve();
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      exitCode = 1;
    }
    // not exit: a step may be under way, and what it does is of no interest any more
    Runtime.getRuntime().halt(exitCode);
  }
}
