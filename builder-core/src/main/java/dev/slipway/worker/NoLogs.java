package dev.slipway.worker;

import java.io.IOException;
import java.util.logging.LogManager;

/**
 * What a worker's JVM is told to log with: nothing. JNA asks for a logger when it is loaded; the
 * JDK's own manager then looks through the whole class path for others to log with, 25 ms.
 */
public final class NoLogs extends LogManager {
  /** The manager is ready without a configuration, and the search comes only after one. */
  @Override
  public void readConfiguration() throws IOException {
    throw new IOException("nothing is logged");
  }
}
