package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigTest {
  private static final Credential USER = Credential.password("user", "pa:ss");
  private static final String AUTH = "dXNlcjpwYTpzcw==";

  @TempDir Path directory;

  private Optional<Credential> find(String json, String registry) throws IOException {
    Files.writeString(directory.resolve("config.json"), json);
    return new DockerConfig(directory, Map.of("PATH", directory + ":/usr/bin:/bin")).find(registry);
  }

  private void helper(String name, String script) throws IOException {
    Path program = directory.resolve("docker-credential-" + name);
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void noFileKnowsNothing() {
    assertThat(new DockerConfig(directory, Map.of()).find("docker.io")).isEmpty();
  }

  @Test
  void dockerHubHasAKeyOfItsOwn() throws IOException {
    String json = "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"" + AUTH + "\"}}}";

    assertThat(find(json, "docker.io")).contains(USER);
    assertThat(find(json, "ghcr.io")).isEmpty();
  }

  @Test
  void keysWithSchemeAndPathAreUnderstood() throws IOException {
    String json = "{\"auths\":{\"https://r.example.com/v2/\":{\"auth\":\"" + AUTH + "\"}}}";

    assertThat(find(json, "r.example.com")).contains(USER);
    assertThat(find(json, "r.example.com:5000")).isEmpty();
  }

  @Test
  void tokensAreUnderstood() throws IOException {
    assertThat(find("{\"auths\":{\"r\":{\"auth\":\"\",\"identitytoken\":\"t\"}}}", "r"))
        .contains(Credential.identityToken("t"));
    assertThat(find("{\"auths\":{\"r\":{\"registrytoken\":\"t\"}}}", "r"))
        .contains(Credential.registryToken("t"));
  }

  @Test
  void aRegistrysHelperComesFirst() throws IOException {
    helper("one", "cat >/dev/null; echo '{\"Username\":\"u\",\"Secret\":\"s\"}'");
    helper("two", "exit 1");

    assertThat(find("{\"credHelpers\":{\"r.io\":\"one\"},\"credsStore\":\"two\"}", "r.io"))
        .contains(Credential.password("u", "s"));
  }

  @Test
  void aHelperMayGiveAnIdentityToken() throws IOException {
    helper("one", "cat >/dev/null; echo '{\"Username\":\"<token>\",\"Secret\":\"s\"}'");

    assertThat(find("{\"credsStore\":\"one\"}", "r.io")).contains(Credential.identityToken("s"));
  }

  @Test
  void aHelperThatDoesNotKnowLeavesItToTheFile() throws IOException {
    helper("one", "cat >/dev/null; echo 'credentials not found in native keychain'; exit 1");

    assertThat(
            find(
                "{\"credsStore\":\"one\",\"auths\":{\"r.io\":{\"auth\":\"" + AUTH + "\"}}}",
                "r.io"))
        .contains(USER);
  }

  @Test
  void aHelperThatIsMissingIsNamed() {
    assertThatThrownBy(() -> find("{\"credsStore\":\"desktop\"}", "r.io"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("docker-credential-desktop, which is not in the PATH");
  }

  @Test
  void aHelperIsAPlainName() { // CVE-2022-25914
    assertThatThrownBy(() -> find("{\"credsStore\":\"/../../evil\"}", "r.io"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("invalid credential helper");
  }

  @Test
  void aHelperIsNotLookedForInTheWorkingDirectory() throws IOException { // CVE-2022-25914
    helper("evil", "touch " + directory + "/run");
    Files.writeString(directory.resolve("config.json"), "{\"credsStore\":\"evil\"}");

    assertThatThrownBy(() -> new DockerConfig(directory, Map.of("PATH", ":.:target")).find("r.io"))
        .isInstanceOf(RegistryException.class);
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void anEntryThatIsDamagedIsNamedWithoutItsSecret() {
    assertThatThrownBy(() -> find("{\"auths\":{\"r\":{\"auth\":\"c2VjcmV0\"}}}", "r"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("user:password")
        .hasMessageNotContaining("c2VjcmV0");
  }
}
