package dev.slipway.worker;

/** Where the worker process starts. */
public final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] args) {}
}
