package dev.slipway.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Json;
import dev.slipway.oci.OciException;
import dev.slipway.reference.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that {@code docker login} keeps: in a {@code config.json} itself, or with the
 * programs that it names. As Docker does, a registry's own helper comes before the store of all,
 * and that before the file. Read at the first question; a missing file knows nothing.
 */
public final class DockerConfig implements CredentialSource {
  private static final int MAX_SIZE = 4 << 20;
  private static final String HUB_KEY = "https://index.docker.io/v1/";

  private final Path file;
  private final CredentialHelper helper;
  private @Nullable ObjectNode config;

  /**
   * @param directory holds {@code config.json}: {@code $DOCKER_CONFIG}, or {@code ~/.docker}
   * @param environment of the helper programs, which are looked for in its {@code PATH} only
   */
  public DockerConfig(Path directory, Map<String, String> environment) {
    this.file = directory.resolve("config.json");
    this.helper = new CredentialHelper(environment);
  }

  @Override
  public Optional<Credential> find(String registry) {
    ObjectNode read = config();
    String key = registry.equals(ImageReference.DOCKER_HUB) ? HUB_KEY : registry;
    String program = helperOf(read, key, registry);
    if (!program.isEmpty()) {
      Optional<Credential> found = helper.find(program, key);
      if (found.isPresent()) {
        return found;
      }
    }
    return inFile(read, key);
  }

  private static String helperOf(ObjectNode config, String key, String registry) {
    JsonNode helpers = config.path("credHelpers");
    for (String name : new String[] {key, registry, host(key)}) {
      String program = helpers.path(name).asText("");
      if (!program.isEmpty()) {
        return program;
      }
    }
    return config.path("credsStore").asText("");
  }

  private synchronized ObjectNode config() {
    if (config == null) {
      config = read();
    }
    return config;
  }

  private ObjectNode read() {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE) {
        throw new RegistryException("\"" + file + "\" is larger than " + MAX_SIZE + " bytes");
      }
      return bytes.length == 0 ? Json.object() : Json.parseObject(bytes, "docker config");
    } catch (NoSuchFileException e) {
      return Json.object();
    } catch (IOException | OciException e) {
      throw new RegistryException("cannot read \"" + file + "\": " + e.getMessage(), null, e);
    }
  }

  private Optional<Credential> inFile(ObjectNode config, String key) {
    JsonNode auths = config.path("auths");
    JsonNode exact = auths.get(key);
    if (exact != null && entry(exact).isPresent()) {
      return entry(exact);
    }
    for (Map.Entry<String, JsonNode> each : auths.properties()) {
      if (host(each.getKey()).equals(host(key)) && entry(each.getValue()).isPresent()) {
        return entry(each.getValue());
      }
    }
    return Optional.empty();
  }

  private Optional<Credential> entry(JsonNode entry) {
    String identity = entry.path("identitytoken").asText("");
    if (!identity.isEmpty()) {
      return Optional.of(Credential.identityToken(identity));
    }
    String registryToken = entry.path("registrytoken").asText("");
    if (!registryToken.isEmpty()) {
      return Optional.of(Credential.registryToken(registryToken));
    }
    String auth = entry.path("auth").asText("");
    if (!auth.isEmpty()) {
      return Optional.of(decode(auth));
    }
    String username = entry.path("username").asText("");
    String password = entry.path("password").asText("");
    return username.isEmpty()
        ? Optional.empty()
        : Optional.of(Credential.password(username, password));
  }

  private Credential decode(String auth) {
    String pair;
    try {
      // Docker pads old entries with zero bytes.
      byte[] bytes = Base64.getMimeDecoder().decode(auth);
      pair = new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    } catch (IllegalArgumentException e) {
      pair = "";
    }
    int colon = pair.indexOf(':');
    if (colon <= 0) {
      throw new RegistryException(
          "\"" + file + "\" has an \"auth\" that is not the base64 form of user:password",
          "log in again, as with docker login",
          null);
    }
    return Credential.password(pair.substring(0, colon), pair.substring(colon + 1));
  }

  /** As old versions of Docker wrote keys: with a scheme, with a path. */
  private static String host(String key) {
    String host = key;
    int scheme = host.indexOf("://");
    if (scheme >= 0) {
      host = host.substring(scheme + 3);
    }
    int slash = host.indexOf('/');
    if (slash >= 0) {
      host = host.substring(0, slash);
    }
    host = host.toLowerCase(Locale.ROOT);
    return host.equals("docker.io") || host.equals("registry-1.docker.io")
        ? "index.docker.io"
        : host;
  }
}
