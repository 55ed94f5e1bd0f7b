package dev.slipway.resolve;

import dev.slipway.oci.Platform;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a Dockerfile.
 *
 * @param platform what the image is for; the builder's own where empty
 * @param buildPlatform what the builder runs on
 * @param noCache no step may use an earlier result
 * @param noCacheStages the same for these stages, in lower case
 * @param allow entitlements: {@code network.host}, {@code security.insecure}
 */
public record ResolveRequest(
    Optional<String> target,
    Optional<Platform> platform,
    Platform buildPlatform,
    Map<String, String> buildArgs,
    Map<String, String> labels,
    boolean noCache,
    Set<String> noCacheStages,
    Set<String> allow) {
  public ResolveRequest {
    buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    noCacheStages = Set.copyOf(noCacheStages);
    allow = Set.copyOf(allow);
  }

  /** The same, for another stage. */
  public ResolveRequest withTarget(String stage) {
    return new ResolveRequest(
        Optional.of(stage),
        platform,
        buildPlatform,
        buildArgs,
        labels,
        noCache,
        noCacheStages,
        allow);
  }

  /** The same, with another value of an argument. */
  public ResolveRequest withBuildArg(String name, String value) {
    Map<String, String> arguments = new LinkedHashMap<>(buildArgs);
    arguments.put(name, value);
    return new ResolveRequest(
        target, platform, buildPlatform, arguments, labels, noCache, noCacheStages, allow);
  }

  Platform targetPlatform() {
    return platform.orElse(buildPlatform);
  }
}
