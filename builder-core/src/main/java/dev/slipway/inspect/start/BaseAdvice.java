package dev.slipway.inspect.start;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which base image is the smallest that can start a command.
 *
 * @param base its name, as in FROM
 * @param copies libraries that are to be copied to it, by name
 */
public record BaseAdvice(String base, List<String> copies) {
  /** Images for languages whose programs need more than an interpreter. */
  private static final Map<String, String> RUNTIMES =
      Map.of(
          "python", "gcr.io/distroless/python3-debian12",
          "node", "gcr.io/distroless/nodejs22-debian12",
          "java", "gcr.io/distroless/java17-debian12",
          "perl", "perl:slim",
          "ruby", "ruby:slim",
          "php", "php:cli-alpine",
          "lua", "alpine");

  public BaseAdvice {
    copies = List.copyOf(copies);
  }

  /**
   * The bases that do, at most one of each kind: first the smallest, with libraries to copy where
   * it lacks some; then the smallest without a shell, and the smallest that lacks nothing.
   */
  public static List<BaseAdvice> of(RuntimeNeeds needs) {
    List<BaseAdvice> all = new ArrayList<>();
    for (String runtime : needs.runtimes()) {
      all.add(new BaseAdvice(RUNTIMES.getOrDefault(runtime, runtime), List.of()));
    }
    if (!all.isEmpty()) {
      return all;
    }
    BaseImage smallest = null;
    BaseImage shellless = null;
    BaseImage complete = null;
    for (BaseImage base : BaseImage.KNOWN) {
      if (base.suits(needs)) {
        smallest = smallest == null ? base : smallest;
        shellless = shellless == null && !base.shell() ? base : shellless;
        complete = complete == null && base.lacking(needs).isEmpty() ? base : complete;
      }
    }
    Set<String> advised = new HashSet<>();
    for (BaseImage base : new BaseImage[] {smallest, shellless, complete}) {
      if (base != null && advised.add(base.name())) {
        all.add(new BaseAdvice(base.name(), base.lacking(needs)));
      }
    }
    return all;
  }

  /** For people: {@code busybox:glibc with libz.so.1 copied}. */
  public String describe() {
    return copies.isEmpty() ? base : base + " with " + String.join(", ", copies) + " copied to it";
  }
}
