package dev.slipway;

import java.nio.file.Path;

/** A secret that steps may mount by its id; its value is in no layer, key or message. */
public sealed interface SecretSource {
  String id();

  /** The content of a file, read when a step asks for it. */
  record FromFile(String id, Path file) implements SecretSource {}

  /** An environment variable of {@link BuilderSettings#environment}. */
  record FromEnvironment(String id, String variable) implements SecretSource {}
}
