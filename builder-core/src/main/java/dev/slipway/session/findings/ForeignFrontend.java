package dev.slipway.session.findings;

import dev.slipway.BuildRequest;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.dockerfile.Directive;
import dev.slipway.dockerfile.Dockerfile;
import org.jspecify.annotations.Nullable;

/** An image that BuildKit would run to read the Dockerfile. */
public final class ForeignFrontend {
  private static final String HUB = "docker.io/";

  private ForeignFrontend() {}

  /** What to say of another program that is to read the Dockerfile; null where there is none. */
  public static @Nullable Diagnostic find(BuildRequest request, Dockerfile dockerfile) {
    Directive directive = dockerfile.directive(Directive.Name.SYNTAX);
    String written = directive == null ? "" : directive.value();
    String image = request.buildArgs().getOrDefault("BUILDKIT_SYNTAX", written);
    String familiar = image.startsWith(HUB) ? image.substring(HUB.length()) : image;
    return image.isEmpty() || familiar.startsWith("docker/dockerfile")
        ? null
        : Diagnostic.warning(
                "'" + image + "' is not run, Slipway reads the file itself",
                directive == null ? null : directive.span())
            .withHint("what only that image knows is an error here");
  }
}
