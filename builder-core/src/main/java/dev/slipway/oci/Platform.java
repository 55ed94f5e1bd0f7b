package dev.slipway.oci;

import java.util.List;
import java.util.Locale;

/**
 * An operating system and a processor, in the words of Go's GOOS and GOARCH. Image-spec,
 * image-index.md, "platform". Always normalised as containerd does: {@code x86_64} is {@code
 * amd64}, {@code arm64} stands for {@code arm64/v8} and {@code arm} for {@code arm/v7}.
 *
 * @param variant empty for none
 * @param osVersion empty for none
 */
public record Platform(
    String os, String architecture, String variant, String osVersion, List<String> osFeatures) {

  public Platform {
    osFeatures = List.copyOf(osFeatures);
    os = PlatformNames.os(os);
    String rawArchitecture = architecture.toLowerCase(Locale.ROOT);
    String rawVariant = variant.toLowerCase(Locale.ROOT);
    architecture = PlatformNames.architecture(rawArchitecture);
    variant = PlatformNames.variant(rawArchitecture, rawVariant);
  }

  public Platform(String os, String architecture, String variant) {
    this(os, architecture, variant, "", List.of());
  }

  public Platform(String os, String architecture) {
    this(os, architecture, "");
  }

  /**
   * Parses {@code os/arch[/variant]}, or one word that is either, the rest taken from {@code host}.
   * Behind the system its version may stand, as in {@code windows(10.0.20348)/amd64}.
   *
   * @throws OciException if it is neither
   */
  public static Platform parse(String text, Platform host) {
    return PlatformNames.parse(text, host);
  }

  /** As {@link #format}, with the version of the system where there is one. */
  public String formatAll() {
    if (osVersion.isEmpty() && osFeatures.isEmpty()) {
      return format();
    }
    StringBuilder version = new StringBuilder(os).append('(').append(osVersion);
    osFeatures.forEach(feature -> version.append('+').append(feature));
    return version.append(')').append(format().substring(os.length())).toString();
  }

  /** {@code linux/amd64}, {@code linux/arm/v7}. */
  public String format() {
    return variant.isEmpty() ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
  }

  /**
   * How well an image for {@code offered} runs on this platform: 0 is exact, more is worse, -1 not
   * at all. A variant runs what lower variants run; {@code arm64} runs {@code arm/v8} down.
   */
  public int preference(Platform offered) {
    return PlatformNames.preference(this, offered);
  }

  /** Whether an image for {@code offered} runs on this platform. */
  public boolean runs(Platform offered) {
    return preference(offered) >= 0;
  }

  @Override
  public String toString() {
    return format();
  }
}
