package dev.slipway.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.oci.Json;
import dev.slipway.oci.OciException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words what a registry refused. Distribution-spec, "Error codes". */
final class RegistryErrors {
  private static final int MAX_BODY = 64 << 10;
  private static final int MAX_TEXT = 300;

  private RegistryErrors() {}

  /** Reads the answer's body; the answer stays to be closed. */
  static RegistryException refusal(HttpCall call, HttpAnswer answer, @Nullable String hint) {
    byte[] body = call.method().equals("HEAD") ? new byte[0] : answer.excerpt(MAX_BODY);
    JsonNode first = firstError(body);
    String code = first == null ? "" : PlainText.of(first.path("code").asText(), 60);
    String said = first == null ? excerpt(body) : PlainText.of(message(first), MAX_TEXT);
    StringBuilder message = new StringBuilder(call.describe());
    message.append(": ").append(answer.status());
    if (!code.isEmpty()) {
      message.append(' ').append(code);
    }
    if (!said.isEmpty()) {
      message.append(": ").append(said);
    }
    String advice = hint != null ? hint : hintFor(answer.status(), code);
    return new RegistryException(message.toString(), answer.status(), code, advice, null);
  }

  private static String message(JsonNode error) {
    String message = error.path("message").asText();
    JsonNode detail = error.path("detail");
    return detail.isTextual() ? message + " (" + detail.asText() + ")" : message;
  }

  private static @Nullable JsonNode firstError(byte[] body) {
    if (body.length == 0 || body[0] != '{') {
      return null;
    }
    try {
      JsonNode errors = Json.parseObject(body, "error").path("errors");
      return errors.isArray() && !errors.isEmpty() ? errors.get(0) : null;
    } catch (OciException e) {
      return null; // no error of the specification; its text is shown as it is
    }
  }

  private static String excerpt(byte[] body) {
    String text = PlainText.of(new String(body, StandardCharsets.UTF_8), MAX_TEXT);
    return text.startsWith("<") ? "" : text; // a page for browsers says nothing here
  }

  private static @Nullable String hintFor(int status, String code) {
    return switch (status) {
      case 401, 403 -> "log in with an account that may do this, as with docker login";
      case 404 ->
          code.equals("MANIFEST_UNKNOWN") || code.equals("NAME_UNKNOWN") || code.isEmpty()
              ? "check the name and the tag; a private repository looks like a missing one until you"
                  + " log in"
              : null;
      case 407 -> "the proxy wants a user and a password: http://USER:PASSWORD@HOST:PORT";
      case 429 -> "the registry limits how often it is asked; log in or wait";
      default -> null;
    };
  }

  static RegistryException unreachable(HttpCall call, IOException e) {
    String host = call.url().getAuthority();
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String hint = null;
    if (e instanceof UnknownHostException) {
      why = "unknown host";
      hint = "check the registry's name and this machine's name resolution";
    } else if (e instanceof SSLException) {
      hint =
          why.contains("plaintext") || why.contains("Unsupported or unrecognized")
              ? host + " does not speak TLS; configure it as a plain http registry to allow that"
              : "the certificate of " + host + " is not trusted; configure its authority";
    } else if (e instanceof ConnectException) {
      hint = "check that the registry runs and can be reached from here";
    } else if (e instanceof SocketTimeoutException) {
      why = "no answer in time";
    }
    return new RegistryException(call.describe() + ": " + PlainText.of(why, MAX_TEXT), hint, e);
  }
}
