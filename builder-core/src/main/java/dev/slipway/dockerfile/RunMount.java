package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code --mount} flag asks for, after expansion and with defaults filled in.
 *
 * @param target the path in the container as given, may be relative; empty for a secret or ssh
 *     mount that names none
 * @param source the path in {@code from} (bind, cache), empty for none
 * @param from a stage, context or image; null for the build context (bind) or an empty directory
 *     (cache)
 * @param readOnly the step may not write to it
 * @param id of a cache, secret or ssh mount; null where not given or empty
 * @param sharing of a cache mount
 * @param sizeLimit of a tmpfs, in bytes; 0 for none
 * @param required the step fails where the secret or agent is missing
 * @param env the variable that gets the secret; null for none
 * @param mode permission bits; null where not given
 * @param uid null where not given
 * @param gid null where not given
 */
public record RunMount(
    Type type,
    String target,
    String source,
    @Nullable String from,
    boolean readOnly,
    @Nullable String id,
    Sharing sharing,
    long sizeLimit,
    boolean required,
    @Nullable String env,
    @Nullable Integer mode,
    @Nullable Long uid,
    @Nullable Long gid,
    SourceSpan span) {

  /** The kinds of mount. */
  public enum Type {
    BIND,
    CACHE,
    TMPFS,
    SECRET,
    SSH
  }

  /** How steps that run at once use one cache mount. */
  public enum Sharing {
    SHARED,
    PRIVATE,
    LOCKED
  }

  /**
   * Makes a mount of options whose values are expanded.
   *
   * @param span where the flag stands, for messages
   * @throws dev.slipway.diagnostic.DiagnosticsException if an option is unknown, malformed or not
   *     allowed for the type
   */
  public static RunMount of(List<MountOption> options, SourceSpan span) {
    return new RunMountParser(span).parse(options);
  }

  /**
   * Which secret or agent is asked for: {@code source} or {@code id}; of a secret else the file
   * name of {@code target}, of ssh else {@code default}.
   */
  public String requestedId() {
    if (!source.isEmpty()) {
      return source;
    }
    if (id != null) {
      return id;
    }
    return type == Type.SSH ? "default" : target.substring(target.lastIndexOf('/') + 1);
  }
}
