package dev.slipway.inspect.hygiene;

import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells files that hold secrets by their content: a name alone is no secret, for an {@code .npmrc}
 * may only name a registry.
 */
public final class SecretContent {
  /** Larger files are none of those looked for. */
  public static final int MAX_SIZE = 64 << 10;

  private static final int MIN_KEY_SIZE = 100;
  private static final byte[] KEY_MARK = "PRIVATE KEY".getBytes(StandardCharsets.US_ASCII);

  /** A header is not enough: programs that read keys have it in them. */
  private static final String PRIVATE_KEY =
      "-----BEGIN (?:[A-Z0-9]{1,10} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\\\\[nr]|\\s){1,8}"
          + "(?:[A-Za-z-]{1,20}: [^\\n]{0,100}\\n\\s?){0,4}[A-Za-z0-9+/]{40}";

  /**
   * What a file of a well-known name holds if it holds a secret.
   *
   * @param expression compiled where there is such a file, which is seldom
   */
  private record Credentials(String name, String what, String expression) {}

  private static final List<Credentials> WELL_KNOWN =
      List.of(
          new Credentials(
              ".npmrc", "npm token", "(?m)(?:_authToken|_auth|_password)\\s*=\\s*[^\\s$]{8}"),
          new Credentials(".yarnrc.yml", "npm token", "npmAuth(?:Token|Ident):\\s*[^\\s$]{8}"),
          new Credentials(".netrc", "password", "\\bpassword\\s+[^\\s$]{3}"),
          new Credentials(".git-credentials", "git password", "://[^/\\s:@]+:[^/\\s@]{3,}@"),
          new Credentials(".pypirc", "PyPI password", "(?m)^\\s*password\\s*[=:]\\s*[^\\s$]{3}"),
          new Credentials(
              ".aws/credentials", "AWS key", "aws_secret_access_key\\s*=\\s*[A-Za-z0-9/+]{30}"),
          new Credentials(
              ".docker/config.json",
              "registry password",
              "\"(?:auth|identitytoken|registrytoken)\"\\s*:\\s*\"[^\"]{8}"),
          new Credentials(
              ".m2/settings.xml", "Maven password", "<password>\\s*[^<$\\s][^<]{2,}</password>"),
          new Credentials(
              ".gradle/gradle.properties", "password", "(?im)^\\S*password\\s*=\\s*[^\\s$]{3}"),
          new Credentials(
              ".cargo/credentials.toml", "cargo token", "(?m)^\\s*token\\s*=\\s*\"[^\"]{8}"),
          new Credentials(".cargo/credentials", "cargo token", "(?m)^\\s*token\\s*=\\s*\"[^\"]{8}"),
          new Credentials(
              ".kube/config", "cluster key", "(?:client-key-data|\\btoken):\\s*[^\\s$]{20}"),
          new Credentials(
              ".git/config", "git password", "url\\s*=\\s*\\S+://[^/\\s:@]+:[^/\\s@]{3,}@"));

  /** Where packages put their files: keys there are examples. */
  private static final List<String> PACKAGES =
      List.of("usr/share", "usr/lib", "usr/bin", "usr/sbin", "usr/include", "bin", "sbin", "lib");

  private static final Set<String> EXAMPLES =
      Set.of("test", "tests", "testdata", "test-data", "fixtures", "example", "examples", "doc");

  /** Extensions of files that are written by people, or hold keys; empty for none. */
  private static final Set<String> TEXT =
      Set.of(
          "",
          "pem",
          "key",
          "crt",
          "cer",
          "txt",
          "conf",
          "cfg",
          "cnf",
          "ini",
          "env",
          "json",
          "yml",
          "yaml",
          "toml",
          "properties",
          "xml",
          "ppk",
          "asc",
          "gpg",
          "bak",
          "sh");

  private SecretContent() {}

  /** Whether it is worth reading a file, which may cost something. */
  public static boolean mayBeIn(TreePath path, long size) {
    if (size < 8 || size > MAX_SIZE) {
      return false;
    }
    return credentials(path) != null || size >= MIN_KEY_SIZE && mayHoldKey(path);
  }

  private static boolean mayHoldKey(TreePath path) {
    String name = path.nameText().toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    String extension = dot <= 0 ? "" : name.substring(dot + 1);
    String whole = path.toString().substring(1);
    for (String part : whole.split("/")) {
      if (EXAMPLES.contains(part)) {
        return false;
      }
    }
    if (extension.equals("key") || extension.equals("pem") || name.startsWith("id_")) {
      return !name.endsWith(".pub");
    }
    for (String directory : PACKAGES) {
      if (whole.startsWith(directory + "/")) {
        return false;
      }
    }
    return TEXT.contains(extension);
  }

  private static @Nullable Credentials credentials(TreePath path) {
    String whole = path.toString();
    for (Credentials each : WELL_KNOWN) {
      if (whole.endsWith("/" + each.name())) {
        return each;
      }
    }
    return null;
  }

  /**
   * What secret a file holds, as {@code private key}, or null.
   *
   * @param content the first {@code length} bytes of it are the file's
   */
  public static @Nullable String find(TreePath path, byte[] content, int length) {
    if (!mayBeIn(path, length)) {
      return null;
    }
    Credentials credentials = credentials(path);
    if (credentials == null && !containsKeyMark(content, length)) {
      return null; // nearly every file: no text is made of it
    }
    String text = new String(content, 0, length, StandardCharsets.ISO_8859_1);
    if (credentials != null && Pattern.compile(credentials.expression()).matcher(text).find()) {
      return credentials.what();
    }
    if (Pattern.compile(PRIVATE_KEY).matcher(text).find()) {
      boolean encrypted = text.contains("ENCRYPTED");
      return encrypted ? "encrypted private key" : "private key";
    }
    return null;
  }

  private static boolean containsKeyMark(byte[] content, int length) {
    for (int at = 0; at <= length - KEY_MARK.length; at++) {
      int same = 0;
      while (same < KEY_MARK.length && content[at + same] == KEY_MARK[same]) {
        same++;
      }
      if (same == KEY_MARK.length) {
        return true;
      }
    }
    return false;
  }
}
