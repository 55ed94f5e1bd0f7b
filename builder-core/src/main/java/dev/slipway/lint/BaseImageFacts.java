package dev.slipway.lint;

import dev.slipway.oci.Platform;
import java.util.Map;

/**
 * What is known of the image that a stage starts from.
 *
 * @param environment its variables
 * @param hasShell its config names a shell
 * @param platform what it was made for
 * @param expectedPlatform what the stage is built for
 */
public record BaseImageFacts(
    Map<String, String> environment,
    boolean hasShell,
    Platform platform,
    Platform expectedPlatform) {
  public BaseImageFacts {
    environment = Map.copyOf(environment);
  }
}
