package dev.slipway.resolve;

import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.plan.PlannedStage;
import java.util.TreeMap;

/** What the request adds to the configuration of the stage that becomes the image. */
final class TargetConfig {
  private TargetConfig() {}

  static PlannedStage finish(PlannedStage stage, ResolveRequest request) {
    ImageConfig config = stage.config();
    if (!request.labels().isEmpty()) {
      TreeMap<String, String> labels = new TreeMap<>(config.config().labels());
      labels.putAll(request.labels());
      config = config.withConfig(config.config().toBuilder().labels(labels).build());
    }
    if (request.platform().isPresent()) {
      config = config.withPlatform(platform(config.platform(), request.platform().get()));
    }
    return new PlannedStage(
        stage.id(),
        stage.name(),
        stage.platform(),
        stage.base(),
        stage.steps(),
        config,
        stage.ignoreCache());
  }

  /** An asked-for platform wins; a variant that it leaves open stays that of the base. */
  private static Platform platform(Platform base, Platform asked) {
    boolean same = base.os().equals(asked.os()) && base.architecture().equals(asked.architecture());
    boolean open = asked.variant().isEmpty() && asked.osVersion().isEmpty();
    return same && open ? base : asked;
  }
}
