package dev.slipway.inspect.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretContentTest {
  private static final String BASE64 =
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ".repeat(4);

  private static String find(String path, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return SecretContent.find(TreePath.of(path), bytes, bytes.length);
  }

  private static String key(String kind) {
    return "-----BEGIN " + kind + "-----\n" + BASE64 + "\n-----END " + kind + "-----\n";
  }

  @ParameterizedTest
  @CsvSource({
    "root/.ssh/id_ed25519, OPENSSH PRIVATE KEY",
    "etc/nginx/tls.key, PRIVATE KEY",
    "app/server.pem, RSA PRIVATE KEY",
    "etc/ssl/private/ssl-cert-snakeoil.key, EC PRIVATE KEY",
    "key, PGP PRIVATE KEY BLOCK",
    "usr/share/app/deploy.key, PRIVATE KEY",
  })
  void privateKeysAreFoundWhateverTheirName(String path, String kind) {
    assertThat(find(path, key(kind))).isEqualTo("private key");
  }

  @Test
  void keysAreFoundWithHeadersInJsonAndEncrypted() {
    assertThat(
            find(
                "app/account.json",
                "{\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n" + BASE64 + "\\n\"}"))
        .isEqualTo("private key");
    assertThat(find("a.key", key("ENCRYPTED PRIVATE KEY"))).isEqualTo("encrypted private key");
    assertThat(
            find(
                "a.key",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
                    + "DEK-Info: AES-128-CBC,00\n\n"
                    + BASE64))
        .isEqualTo("encrypted private key");
  }

  @ParameterizedTest
  @CsvSource({
    "root/.ssh/id_rsa.pub, PRIVATE KEY",
    "usr/lib/python3/test/keycert.txt, PRIVATE KEY",
    "app/testdata/server.key, PRIVATE KEY",
    "usr/share/doc/x/example.conf, PRIVATE KEY",
    "etc/ssl/ca.pem, CERTIFICATE",
    "root/.ssh/id_ed25519, OPENSSH PUBLIC KEY",
  })
  void certificatesPublicKeysAndExamplesAreNone(String path, String kind) {
    assertThat(find(path, key(kind))).isNull();
  }

  @Test
  void aProgramThatReadsKeysHoldsNone() {
    String program =
        "if line == '-----BEGIN PRIVATE KEY-----':\n    return True\n" + "# filler\n".repeat(20);
    assertThat(find("app/keys", program)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root/.npmrc | //npm.example.org/:_authToken=0123456789abcdef | npm token",
        "root/.netrc | machine example.org login me password geheim | password",
        "root/.git-credentials | https://me:geheim@example.org | git password",
        "home/me/.aws/credentials | aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"
            + " | AWS key",
        "root/.docker/config.json | {\"auths\":{\"r.example\":{\"auth\":\"bWU6Z2VoZWlt\"}}}"
            + " | registry password",
        "app/.git/config | url = https://me:geheim@example.org/r.git | git password",
        "root/.m2/settings.xml | <server><password>geheim</password></server> | Maven password",
      })
  void filesOfCredentialsAreFoundByWhatIsInThem(String path, String content, String what) {
    assertThat(find(path, content)).isEqualTo(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root/.npmrc | registry=https://npm.example.org/",
        "root/.npmrc | //npm.example.org/:_authToken=${NPM_TOKEN}",
        "root/.docker/config.json | {\"credsStore\":\"pass\"}",
        "app/.git/config | url = https://example.org/r.git",
        "root/.m2/settings.xml | <password>${env.PASSWORD}</password>",
      })
  void theSameFilesWithoutCredentialsAreNone(String path, String content) {
    assertThat(find(path, content)).isNull();
  }

  @Test
  void largeFilesAreNotLookedInto() {
    assertThat(SecretContent.mayBeIn(TreePath.of("a.key"), SecretContent.MAX_SIZE + 1L)).isFalse();
    assertThat(find("a.key", key("PRIVATE KEY") + "x".repeat(SecretContent.MAX_SIZE))).isNull();
  }
}
