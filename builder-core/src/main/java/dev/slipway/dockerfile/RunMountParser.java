package dev.slipway.dockerfile;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.GoBoolean;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.RunMount.Sharing;
import dev.slipway.dockerfile.RunMount.Type;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks the options of a mount against its type and fills in the defaults. Options are read in
 * their order: {@code required} counts only after the {@code type} that allows it, as in BuildKit.
 */
final class RunMountParser {
  private static final List<String> KEYS =
      List.of(
          "type",
          "from",
          "source",
          "target",
          "readonly",
          "id",
          "sharing",
          "required",
          "size",
          "mode",
          "uid",
          "gid",
          "src",
          "dst",
          "destination",
          "ro",
          "rw",
          "readwrite",
          "env");
  private static final List<String> TYPES = List.of("bind", "cache", "tmpfs", "secret", "ssh");

  /** Podman's and buildah's, in either case; no label keeps a step from what is mounted here. */
  private static final String LABEL_SWITCH = "z";

  private static final List<String> RELABELINGS = List.of("shared", "private");
  private static final List<String> SHARINGS = List.of("shared", "private", "locked");

  private final SourceSpan span;
  private Type type = Type.BIND;
  private String target = "";
  private String source = "";
  private @Nullable String from;
  private @Nullable Boolean readOnly;
  private @Nullable String id;
  private @Nullable Sharing sharing;
  private long sizeLimit;
  private boolean required;
  private @Nullable String env;
  private @Nullable Integer mode;
  private @Nullable Long uid;
  private @Nullable Long gid;

  RunMountParser(SourceSpan span) {
    this.span = span;
  }

  RunMount parse(List<MountOption> options) {
    for (MountOption option : options) {
      String value = option.value();
      if (value == null) {
        readSwitch(option);
      } else {
        read(option, value);
      }
    }
    check();
    boolean writable = type == Type.CACHE || type == Type.TMPFS;
    return new RunMount(
        type,
        target,
        source,
        from,
        readOnly == null ? !writable : readOnly,
        id,
        sharing == null ? Sharing.SHARED : sharing,
        sizeLimit,
        required,
        env,
        mode,
        uid,
        gid,
        span);
  }

  private void readSwitch(MountOption option) {
    switch (option.key()) {
      case "readonly", "ro" -> readOnly = true;
      case "readwrite", "rw" -> readOnly = false;
      case "required" -> {
        checkAllowed(option, type == Type.SECRET || type == Type.SSH);
        required = true;
      }
      case LABEL_SWITCH -> {}
      default ->
          throw error(option, "invalid field '" + option.key() + "' must be a key=value pair");
    }
  }

  private void read(MountOption option, String value) {
    switch (option.key()) {
      case "type" -> type = Type.valueOf(oneOf(option, value, TYPES, "unsupported mount type"));
      case "from" -> from = value.isEmpty() ? null : value;
      case "source", "src" -> source = value;
      case "target", "dst", "destination" -> target = value;
      case "readonly", "ro" -> readOnly = bool(option, value);
      case "readwrite", "rw" -> readOnly = !bool(option, value);
      case "required" -> {
        checkAllowed(option, type == Type.SECRET || type == Type.SSH);
        required = bool(option, value);
      }
      case "size" -> {
        checkAllowed(option, type == Type.TMPFS);
        sizeLimit = bytes(option, value);
      }
      case "id" -> id = value.isEmpty() ? null : value;
      case "sharing" ->
          sharing = Sharing.valueOf(oneOf(option, value, SHARINGS, "unsupported sharing value"));
      case "mode" -> mode = (int) number(option, value, 8);
      case "uid" -> uid = number(option, value, 10);
      case "gid" -> gid = number(option, value, 10);
      case "env" -> env = value;
      case LABEL_SWITCH -> bool(option, value);
      case "relabel" -> oneOf(option, value, RELABELINGS, "unsupported relabel value");
      default ->
          throw error(
              option,
              "unexpected key '"
                  + option.key()
                  + "' in '"
                  + option.key()
                  + "="
                  + value
                  + "'"
                  + NearestName.suggestion(NearestName.find(option.key(), KEYS)));
    }
  }

  private void check() {
    if (type == Type.BIND || type == Type.TMPFS) {
      checkAbsent(mode, "mode");
      checkAbsent(uid, "uid");
      checkAbsent(gid, "gid");
    }
    if (type == Type.SECRET) {
      if (from != null) {
        throw error("secret mount should not have a from");
      }
      if (sharing != null) {
        throw error("secret mount should not define sharing");
      }
      if (source.isEmpty() && target.isEmpty() && id == null) {
        throw error("invalid secret mount: one of source, target required");
      }
      if (!source.isEmpty() && id != null) {
        throw error("both source and id can't be set");
      }
    }
    if (sharing != null && type != Type.CACHE) {
      throw error("invalid cache sharing set for " + typeName() + " mount");
    }
  }

  private void checkAbsent(@Nullable Object value, String key) {
    if (value != null) {
      throw error(key + " not allowed for \"" + typeName() + "\" type mounts");
    }
  }

  private void checkAllowed(MountOption option, boolean allowed) {
    if (!allowed) {
      throw error(
          option, "unexpected key '" + option.key() + "' for mount type '" + typeName() + "'");
    }
  }

  private String typeName() {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static String oneOf(
      MountOption option, String value, List<String> allowed, String otherwise) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (!allowed.contains(lower)) {
      throw error(
          option,
          otherwise
              + " \""
              + value
              + "\""
              + NearestName.suggestion(NearestName.find(value, allowed)));
    }
    return lower.toUpperCase(Locale.ROOT);
  }

  private static boolean bool(MountOption option, String value) {
    return GoBoolean.parse(value)
        .orElseThrow(() -> error(option, "invalid value for " + option.key() + ": " + value));
  }

  private static long number(MountOption option, String value, int base) {
    long result = 0;
    for (int i = 0; i < value.length() && result <= 0xffff_ffffL; i++) {
      int digit = value.charAt(i) < 128 ? Character.digit(value.charAt(i), base) : -1;
      result = digit < 0 ? Long.MAX_VALUE : result * base + digit;
    }
    if (value.isEmpty() || result > 0xffff_ffffL) {
      throw error(option, "invalid value " + value + " for " + option.key());
    }
    return result;
  }

  /** A size as docker reads it: a number with an optional {@code k}, {@code m}, {@code GiB} ... */
  private static long bytes(MountOption option, String value) {
    int digits = 0;
    while (digits < value.length() && ".0123456789".indexOf(value.charAt(digits)) >= 0) {
      digits++;
    }
    String unit = value.substring(digits).strip().toLowerCase(Locale.ROOT);
    int power =
        switch (unit) {
          case "", "b" -> 0;
          case "k", "kb", "kib" -> 1;
          case "m", "mb", "mib" -> 2;
          case "g", "gb", "gib" -> 3;
          case "t", "tb", "tib" -> 4;
          case "p", "pb", "pib" -> 5;
          default -> -1;
        };
    try {
      double size = Double.parseDouble(value.substring(0, digits)) * Math.pow(1024, power);
      if (power >= 0 && size < Long.MAX_VALUE) {
        return (long) size;
      }
    } catch (NumberFormatException e) {
      // Falls through to the error below, which says it in our words.
    }
    throw error(option, "invalid value for size: " + value);
  }

  private DiagnosticsException error(String message) {
    return new DiagnosticsException(List.of(Diagnostic.error(message, span)));
  }

  private static DiagnosticsException error(MountOption option, String message) {
    return new DiagnosticsException(List.of(Diagnostic.error(message, option.span())));
  }
}
