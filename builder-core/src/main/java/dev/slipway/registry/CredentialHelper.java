package dev.slipway.registry;

import com.google.cloud.tools.jib.registry.credentials.CredentialHelperNotFoundException;
import com.google.cloud.tools.jib.registry.credentials.CredentialHelperUnhandledServerUrlException;
import com.google.cloud.tools.jib.registry.credentials.DockerCredentialHelper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a {@code docker-credential-*} program. The configuration names it, and a configuration may
 * come with a checkout: so it is a plain name, found in an absolute directory of the {@code PATH},
 * never in the working directory.
 */
final class CredentialHelper {
  private final Map<String, String> environment;

  CredentialHelper(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * @param name what follows {@code docker-credential-}
   * @param server as the program knows it
   * @throws RegistryException if the program cannot be run or fails
   */
  Optional<Credential> find(String name, String server) {
    String program = "docker-credential-" + checked(name);
    Path path = locate(program);
    if (path == null) {
      throw new RegistryException(
          "the docker config names the credential helper " + program + ", which is not in the PATH",
          "install it, or log in without it",
          null);
    }
    try {
      var found = new DockerCredentialHelper(server, path, environment).retrieve();
      return Optional.of(
          found.isOAuth2RefreshToken()
              ? Credential.identityToken(found.getPassword())
              : Credential.password(found.getUsername(), found.getPassword()));
    } catch (CredentialHelperUnhandledServerUrlException e) {
      return Optional.empty();
    } catch (CredentialHelperNotFoundException | IOException e) {
      throw new RegistryException(
          "the credential helper "
              + program
              + " failed: "
              + PlainText.of(String.valueOf(e.getMessage()), 200),
          null,
          e);
    }
  }

  private static String checked(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-';
      if (!allowed) {
        throw new RegistryException(
            "the docker config names an invalid credential helper \""
                + PlainText.of(name, 60)
                + "\": expected letters, digits, '.', '_' or '-'");
      }
    }
    return name;
  }

  private @Nullable Path locate(String program) {
    for (String directory : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      try {
        Path candidate = Path.of(directory).resolve(program);
        if (candidate.isAbsolute() && Files.isExecutable(candidate)) {
          return candidate;
        }
      } catch (InvalidPathException e) {
        continue; // no directory
      }
    }
    return null;
  }
}
