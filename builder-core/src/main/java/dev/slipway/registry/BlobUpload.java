package dev.slipway.registry;

import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Brings one blob into a repository. Distribution-spec, "Pushing blobs": a session is opened with
 * POST and the bytes are sent with one PUT; a session that is lost is opened anew. A small blob for
 * which a session is open already is sent without asking for it first: that would take as long. To
 * be run once.
 */
final class BlobUpload {
  private static final int BUFFER = 64 << 10;
  private static final int SMALL = 64 << 10;

  private final RegistryHost host;
  private final String repository;
  private final OpenedSessions opened;
  private final Descriptor descriptor;
  private final BlobContent content;
  private final TransferListener listener;

  /** One that the registry opened, and nobody has sent to yet. */
  private @Nullable URI session;

  BlobUpload(
      RegistryHost host,
      String repository,
      OpenedSessions opened,
      Descriptor descriptor,
      BlobContent content,
      TransferListener listener) {
    this.host = host;
    this.repository = repository;
    this.opened = opened;
    this.descriptor = descriptor;
    this.content = content;
    this.listener = listener;
  }

  /**
   * @param mountFrom a repository of the same registry that has the blob, or null
   */
  PushOutcome run(@Nullable String mountFrom) {
    if (mountFrom != null && !mountFrom.equals(repository) && isMounted(mountFrom)) {
      return PushOutcome.MOUNTED;
    }
    boolean mayBeExpected = mountFrom == null; // what is somewhere else was not made just now
    if (mayBeExpected && descriptor.size() <= SMALL && isSentToOpened()) {
      return PushOutcome.UPLOADED;
    }
    if (exists()) {
      return PushOutcome.EXISTED;
    }
    if (!mayBeExpected || !isSentToOpened()) {
      upload();
    }
    return PushOutcome.UPLOADED;
  }

  /** Whether it could be sent in a session that was opened before; what fails is not told. */
  private boolean isSentToOpened() {
    URI expected = opened.take();
    if (expected == null) {
      return false;
    }
    try {
      put(expected);
      return true;
    } catch (IOException | RegistryException e) {
      return false;
    }
  }

  private boolean exists() {
    HttpCall call = HttpCall.of("HEAD", host.url(path("blobs/" + descriptor.digest())));
    try (HttpAnswer answer = host.send(call, Scope.push(repository), 404)) {
      return answer.isSuccess();
    }
  }

  /** Whether it is there now; a registry that does not mount may have opened a session. */
  private boolean isMounted(String from) {
    String query =
        "blobs/uploads/?mount=" + encode(descriptor.digest().toString()) + "&from=" + encode(from);
    HttpCall call = HttpCall.of("POST", host.url(path(query))).withBody(HttpBody.EMPTY);
    try (HttpAnswer answer = host.send(call, Scope.mount(repository, from), 401, 403, 404, 405)) {
      answer.excerpt(BUFFER);
      if (answer.status() == 201) {
        Answers.checkDigest(answer, descriptor.digest());
        return true;
      }
      // One that may not mount must not end the push.
      session = answer.status() == 202 ? UploadSession.location(answer) : null;
      return false;
    }
  }

  private void upload() {
    host.retries()
        .run(
            UploadSession.openCall(host, repository),
            () -> {
              URI target = session == null ? UploadSession.open(host, repository) : session;
              session = null; // what is tried again is tried in a new session
              listener.moved(0);
              put(target);
              return Boolean.TRUE;
            });
  }

  private void put(URI place) throws IOException {
    String separator = place.getRawQuery() == null ? "?" : "&";
    URI target = URI.create(place + separator + "digest=" + encode(descriptor.digest() + ""));
    HttpCall call = HttpCall.of("PUT", target).withBody(new Body());
    try (HttpAnswer answer = host.sendOnce(call, Scope.push(repository), 404)) {
      if (answer.status() == 404) {
        RegistryException refusal = RegistryErrors.refusal(call, answer, null);
        throw new Retries.Unavailable(refusal, null); // BLOB_UPLOAD_UNKNOWN
      }
      Answers.checkDigest(answer, descriptor.digest());
      answer.excerpt(BUFFER);
    }
  }

  private String path(String rest) {
    return RegistryHost.path(repository, rest);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private final class Body implements HttpBody {
    @Override
    public long length() {
      return descriptor.size();
    }

    @Override
    public String type() {
      return "application/octet-stream";
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] buffer = new byte[BUFFER];
      long done = 0;
      try (InputStream in = content.open()) {
        for (int count; (count = in.read(buffer)) >= 0; ) {
          out.write(buffer, 0, count);
          done += count;
          listener.moved(done);
        }
      }
    }
  }
}
