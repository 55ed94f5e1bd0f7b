package dev.slipway.session.request;

import dev.slipway.BuildRequest;
import dev.slipway.oci.Platform;
import dev.slipway.resolve.ResolveRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a request asks of its Dockerfile, once for each platform. */
public final class RequestedPlans {
  private RequestedPlans() {}

  public static List<ResolveRequest> of(BuildRequest request, Platform host) {
    if (request.platforms().isEmpty()) {
      return List.of(one(request, Optional.empty(), host));
    }
    List<ResolveRequest> requests = new ArrayList<>();
    for (Platform platform : request.platforms()) {
      requests.add(one(request, Optional.of(platform), host));
    }
    return requests;
  }

  /** Whether an index is wanted, be it over one image. */
  public static boolean hasIndex(BuildRequest request) {
    return request.platforms().size() > 1
        || RequestedSettings.isOn(request, "BUILDKIT_MULTI_PLATFORM");
  }

  private static ResolveRequest one(
      BuildRequest request, Optional<Platform> platform, Platform host) {
    return new ResolveRequest(
        request.target(),
        platform,
        host,
        request.buildArgs(),
        request.image().labels(),
        request.reuse().noCache(),
        lowerCase(request.reuse().noCacheStages()),
        request.steps().allow());
  }

  private static Set<String> lowerCase(Set<String> names) {
    Set<String> lower = new LinkedHashSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }
}
