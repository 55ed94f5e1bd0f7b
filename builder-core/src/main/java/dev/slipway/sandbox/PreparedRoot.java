package dev.slipway.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * A root filesystem that is mounted in the calling thread's mount namespace, and what is to be
 * attached in it.
 *
 * @param path its mount point
 * @param attachments in the order of mounting
 */
public record PreparedRoot(Path path, List<Attachment> attachments) {
  public PreparedRoot {
    attachments = List.copyOf(attachments);
  }

  /** Where processes share memory; a mount of a step may take its place. */
  public static final String SHARED_MEMORY = "/dev/shm";

  /** Whether something is to be attached at {@code target} itself. */
  public boolean hasAttachmentAt(String target) {
    for (Attachment attachment : attachments) {
      if (attachment.target().equals(target)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Something to show in the root filesystem.
   *
   * @param target absolute, without links, there already and of the same kind
   * @param source in the calling thread's mount namespace: a directory, a file or a socket
   */
  public record Attachment(String target, Path source, boolean readOnly) {}
}
