package dev.slipway.registry;

import dev.slipway.http.UrlOrigin;
import java.io.IOException;
import java.net.URI;

/**
 * Opens and cancels the sessions in which a registry takes blobs, each known by where it is.
 * Distribution-spec, "POST then PUT".
 */
final class UploadSession {
  private static final int IGNORED = 64 << 10;

  private UploadSession() {}

  /**
   * @throws IOException if trying again may help
   * @throws RegistryException if the registry refused
   */
  static URI open(RegistryHost host, String repository) throws IOException {
    HttpCall call = openCall(host, repository);
    try (HttpAnswer answer = host.sendOnce(call, Scope.push(repository))) {
      answer.excerpt(IGNORED);
      return location(answer);
    }
  }

  static HttpCall openCall(RegistryHost host, String repository) {
    return HttpCall.of("POST", host.url(RegistryHost.path(repository, "blobs/uploads/")))
        .withBody(HttpBody.EMPTY);
  }

  /** Where an answer says that the session is. */
  static URI location(HttpAnswer answer) {
    String location = answer.header("Location");
    if (location == null) {
      throw new RegistryException(
          answer.call().describe() + ": the answer does not say where to upload");
    }
    URI target = RegistryHost.resolve(answer.call(), location);
    if (UrlOrigin.scheme(answer.call().url()).equals("https")
        && !UrlOrigin.scheme(target).equals("https")) {
      throw new RegistryException(
          answer.call().describe()
              + ": to upload to "
              + PrintableUrl.of(target)
              + ", which is not https");
    }
    return target;
  }

  /** Says nothing of what fails. What a registry has elsewhere is not ours to delete. */
  static void cancel(RegistryHost host, String repository, URI session) {
    if (!UrlOrigin.isSame(session, openCall(host, repository).url())) {
      return;
    }
    try (HttpAnswer answer =
        host.sendOnce(HttpCall.of("DELETE", session), Scope.push(repository))) {
      answer.excerpt(IGNORED);
    } catch (IOException | RegistryException e) {
      // As said.
    }
  }
}
