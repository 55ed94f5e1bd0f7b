package dev.slipway.parse;

import dev.slipway.diagnostic.SourceFile;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import java.util.List;

/** Parses Dockerfiles. Stateless: one call has nothing to do with another. */
public final class DockerfileParser {
  private DockerfileParser() {}

  /**
   * Parses {@code bytes} as UTF-8, with or without a byte order mark.
   *
   * @param name the file's name for messages
   * @throws dev.slipway.diagnostic.DiagnosticsException with every syntax error, and the warnings
   *     found beside them
   */
  public static Dockerfile parse(String name, byte[] bytes) {
    throw new UnsupportedOperationException(name + bytes.length);
  }

  /** Parses the text of {@code file}. */
  public static Dockerfile parse(SourceFile file) {
    throw new UnsupportedOperationException(file.name());
  }

  /**
   * Parses triggers that an image config carries: one instruction each, without ONBUILD.
   *
   * @param name what to call the text in messages, as {@code ONBUILD of image:tag}
   * @throws dev.slipway.diagnostic.DiagnosticsException if one is no instruction, or is FROM,
   *     MAINTAINER or ONBUILD
   */
  public static List<Instruction> parseTriggers(String name, List<String> triggers) {
    throw new UnsupportedOperationException(name + triggers);
  }
}
