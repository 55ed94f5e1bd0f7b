package dev.slipway.oci;

import java.util.List;
import java.util.Locale;

/** The spellings of operating systems and processors, and which variant runs which. */
final class PlatformNames {
  private static final List<String> SYSTEMS =
      List.of(
          "aix",
          "android",
          "darwin",
          "dragonfly",
          "freebsd",
          "illumos",
          "ios",
          "js",
          "linux",
          "netbsd",
          "openbsd",
          "plan9",
          "solaris",
          "wasip1",
          "windows");
  private static final List<String> ARCHITECTURES =
      List.of(
          "386",
          "amd64",
          "arm",
          "arm64",
          "loong64",
          "mips",
          "mips64",
          "mips64le",
          "mipsle",
          "ppc64",
          "ppc64le",
          "riscv64",
          "s390x",
          "sparc64",
          "wasm");

  private PlatformNames() {}

  static String os(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("macos") ? "darwin" : lower;
  }

  static String architecture(String lower) {
    return switch (lower) {
      case "i386" -> "386";
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      case "armhf", "armel" -> "arm";
      default -> lower;
    };
  }

  /**
   * @param architecture lower case, not normalised: Debian's {@code armel} names a variant too
   */
  static String variant(String architecture, String variant) {
    return switch (architecture) {
      case "i386" -> "";
      case "x86_64", "x86-64", "amd64" -> variant.equals("v1") ? "" : variant;
      case "aarch64", "arm64" ->
          switch (variant) {
            case "8", "v8", "v8.0" -> "";
            case "9", "9.0", "v9.0" -> "v9";
            default -> variant;
          };
      case "armhf" -> "v7";
      case "armel" -> "v6";
      case "arm" ->
          switch (variant) {
            case "", "7" -> "v7";
            case "5", "6", "8" -> "v" + variant;
            default -> variant;
          };
      default -> variant;
    };
  }

  static Platform parse(String text, Platform host) {
    String[] parts = text.split("/", -1);
    if (parts.length > 3) {
      throw invalid(text, "expected os/arch or os/arch/variant");
    }
    int version = parts[0].endsWith(")") ? parts[0].indexOf('(') : -1;
    if (version >= 0) {
      return withVersion(text, version, host);
    }
    for (String part : parts) {
      checkComponent(text, part);
    }
    if (parts.length == 1) {
      String os = os(parts[0]);
      if (SYSTEMS.contains(os)) {
        return new Platform(os, host.architecture(), host.variant());
      }
      Platform named = new Platform(host.os(), parts[0]);
      if (ARCHITECTURES.contains(named.architecture())) {
        return named;
      }
      throw invalid(text, "it is neither an operating system nor an architecture");
    }
    return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
  }

  /** As {@code windows(10.0.20348)/amd64}. */
  private static Platform withVersion(String text, int version, Platform host) {
    int end = text.indexOf(')');
    String[] words = text.substring(version + 1, end).split("\\+", -1);
    for (int i = words[0].isEmpty() ? 1 : 0; i < words.length; i++) {
      checkComponent(text, words[i]);
    }
    Platform plain = parse(text.substring(0, version) + text.substring(end + 1), host);
    return new Platform(
        plain.os(),
        plain.architecture(),
        plain.variant(),
        words[0],
        List.of(words).subList(1, words.length));
  }

  private static void checkComponent(String text, String part) {
    if (part.isEmpty()) {
      throw invalid(text, "expected os/arch or os/arch/variant");
    }
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-'
              || c == '.';
      if (!allowed) {
        throw invalid(text, "found '" + c + "', expected letters, digits, '.', '_' or '-'");
      }
    }
  }

  private static OciException invalid(String text, String why) {
    return new OciException(
        "invalid platform \"" + Digest.shorten(text) + "\": " + why,
        "platforms look like linux/amd64 or linux/arm/v7",
        null);
  }

  static int preference(Platform wanted, Platform offered) {
    if (!wanted.os().equals(offered.os())) {
      return -1;
    }
    if (!wanted.osVersion().isEmpty()
        && !offered.osVersion().isEmpty()
        && !offered.osVersion().startsWith(wanted.osVersion())) {
      return -1;
    }
    boolean same = wanted.architecture().equals(offered.architecture());
    if (same && wanted.variant().equals(offered.variant())) {
      return 0;
    }
    return switch (wanted.architecture()) {
      case "amd64" -> amd64(wanted, offered, same);
      case "arm" -> same ? lowerArm(version(wanted.variant(), 7), offered, 0) : -1;
      case "arm64" -> arm64(wanted, offered, same);
      default -> -1;
    };
  }

  private static int amd64(Platform wanted, Platform offered, boolean same) {
    if (same) {
      return lower(version(wanted.variant(), 1), version(offered.variant(), 1));
    }
    return offered.architecture().equals("386") ? 100 : -1;
  }

  private static int arm64(Platform wanted, Platform offered, boolean same) {
    if (same) {
      return lower(armv8Level(wanted.variant()), armv8Level(offered.variant()));
    }
    return offered.architecture().equals("arm") ? lowerArm(9, offered, 100) : -1;
  }

  private static int lowerArm(int version, Platform offered, int base) {
    int found = lower(version, version(offered.variant(), 7));
    return found < 0 || version(offered.variant(), 7) < 5 ? -1 : base + found;
  }

  private static int lower(int wanted, int offered) {
    return wanted < 0 || offered < 0 || offered > wanted ? -1 : wanted - offered;
  }

  /** Armv8.m is level m and Armv9.m includes Armv8.(m+5). */
  private static int armv8Level(String variant) {
    if (variant.isEmpty()) {
      return 0;
    }
    int dot = variant.indexOf('.');
    int major = version(dot < 0 ? variant : variant.substring(0, dot), 8);
    int minor = dot < 0 ? 0 : version("v" + variant.substring(dot + 1), 0);
    return minor < 0 ? -1 : major == 8 ? minor : major == 9 ? minor + 5 : -1;
  }

  /** The number in {@code v7}; -1 where it is none. */
  private static int version(String variant, int absent) {
    if (variant.isEmpty()) {
      return absent;
    }
    if (variant.length() < 2 || variant.length() > 3 || variant.charAt(0) != 'v') {
      return -1;
    }
    int number = 0;
    for (int i = 1; i < variant.length(); i++) {
      int digit = variant.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
