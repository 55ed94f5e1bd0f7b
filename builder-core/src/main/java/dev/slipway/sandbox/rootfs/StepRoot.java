package dev.slipway.sandbox.rootfs;

import dev.slipway.sandbox.PreparedRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The root filesystem of one step, from its layers to what the step changed. */
public interface StepRoot extends AutoCloseable {
  /**
   * Something that exists only to be mounted on.
   *
   * @param path relative to the root
   * @param inode in the directory of {@link #changes()}
   */
  record MadeMountPoint(byte[] path, long inode) {}

  /** Puts the root together; called on the step's own thread. */
  PreparedRoot prepare() throws IOException;

  /**
   * Takes out again what was in the root for the step only. Called once on another thread when all
   * of the step's processes have ended, also where {@link #prepare()} failed.
   */
  void release() throws IOException;

  /** The directory with what a step that succeeded changed, as an overlay's upper directory. */
  Path changes() throws IOException;

  /** What of {@link #changes()} was made to be mounted on, parents first. */
  List<MadeMountPoint> made();

  /** Gives up what {@link #changes()} has been read from; called after all others. */
  @Override
  void close() throws IOException;
}
