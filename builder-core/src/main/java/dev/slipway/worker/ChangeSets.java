package dev.slipway.worker;

import dev.slipway.layer.ChangeSetCodec;
import dev.slipway.tree.ChangeSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A step's changes as a file. */
final class ChangeSets {
  private ChangeSets() {}

  /** Content is referred to by its path in the upper directory. */
  static void write(ChangeSet changes, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ChangeSetCodec.write(changes, out, content -> ((UpperContent) content).path());
    }
  }
}
