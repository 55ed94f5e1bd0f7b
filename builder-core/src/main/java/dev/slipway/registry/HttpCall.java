package dev.slipway.registry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP request. */
record HttpCall(String method, URI url, Map<String, String> headers, @Nullable HttpBody body) {
  static HttpCall of(String method, URI url) {
    return new HttpCall(method, url, Map.of(), null);
  }

  HttpCall withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpCall(method, url, more, body);
  }

  HttpCall withUrl(URI newUrl) {
    return new HttpCall(method, newUrl, headers, body);
  }

  HttpCall withBody(HttpBody newBody) {
    return new HttpCall(method, url, headers, newBody);
  }

  /** Method and URL, for messages. */
  String describe() {
    return method + " " + PrintableUrl.of(url);
  }
}
