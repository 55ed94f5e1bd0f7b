package dev.slipway.cache;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A cache that other machines write. All methods may be called from several threads. */
public interface CacheBackend {
  /** Tells it apart from others: what comes from one is not given to who names another. */
  String name();

  /**
   * What the step of this definition came to elsewhere. That the far side fails, or holds what
   * cannot be read, is a miss.
   */
  Optional<SharedStep> find(CacheKey definitionKey);

  /** Whether a step that it knows made this layer. */
  boolean has(Digest layer);

  /**
   * The bytes of a layer that it {@linkplain #has has}; reading fails at their end if they do not
   * have the descriptor's digest. The caller closes it.
   */
  InputStream open(Descriptor layer) throws IOException;
}
