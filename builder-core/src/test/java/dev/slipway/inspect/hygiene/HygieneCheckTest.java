package dev.slipway.inspect.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.hygiene.HygieneFinding.Kind;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HygieneCheckTest {
  private static final Origin COPY = new Origin("", 3, "COPY . /app");

  private static ImageConfig config(UnaryOperator<ContainerConfig.Builder> more) {
    return ImageConfig.empty(new Platform("linux", "amd64"))
        .withConfig(more.apply(ContainerConfig.EMPTY.toBuilder().user("app")).build());
  }

  private static List<String> messages(ImageConfig config) {
    return HygieneCheck.check(config, List.of(), List.of()).stream()
        .map(HygieneFinding::message)
        .toList();
  }

  private static List<String> messages(SuspectFile... files) {
    return HygieneCheck.check(config(builder -> builder), List.of(files), List.of()).stream()
        .map(HygieneFinding::message)
        .toList();
  }

  @Test
  void aCleanImageHasNoFinding() {
    assertThat(messages(config(config -> config.env(List.of("PATH=/bin")).cmd(List.of("/app")))))
        .isEmpty();
  }

  @Test
  void aSecretThatALaterLayerDeletesIsStillShipped() {
    SuspectFile shown = new SuspectFile(0, TreePath.of("a.key"), "private key", COPY, true);
    SuspectFile deleted = new SuspectFile(1, TreePath.of("b.key"), "private key", COPY, false);

    assertThat(messages(deleted, shown))
        .containsExactly(
            "secret in \"/a.key\": private key, made by COPY . /app in line 3",
            "secret in \"/b.key\": private key, made by COPY . /app in line 3; a later layer"
                + " deletes it, but who pulls the image gets layer 2 too");
  }

  private static SuspectFile leftover(String path, Origin origin) {
    return new SuspectFile(0, TreePath.of(path), "", origin, true);
  }

  @Test
  void whatOnlyLayInTheContextIsToldOnce() {
    assertThat(
            messages(
                leftover("app/.git/HEAD", COPY),
                leftover("app/node_modules", COPY),
                leftover("app/node_modules/x/node_modules", COPY),
                leftover("app/target/classes", COPY)))
        .containsExactly(
            "\"/app/.git\" is in the image, made by COPY . /app in line 3",
            "\"/app/node_modules\" is in the image, made by COPY . /app in line 3",
            "\"/app/target\" is in the image, made by COPY . /app in line 3");
  }

  @Test
  void whatABuildMadeOrAStageGaveIsNoLeftover() {
    TreePath modules = TreePath.of("app/node_modules");
    assertThat(Leftovers.of(modules, new Origin("", 1, "RUN npm ci"))).isNull();
    assertThat(Leftovers.of(modules, new Origin("", 1, "COPY --from=build /app /app"))).isNull();
    assertThat(Leftovers.of(TreePath.of("app/target"), COPY)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghp_0123456789abcdefghijABCDEFGHIJ012345",
        "AKIAQ3EGVQ6XWJ7ZKLMN",
        "xoxb-123456789012-abcdefABCDEF",
        "glpat-abcdefghij0123456789",
        "npm_0123456789abcdefghijABCDEFGHIJ012345",
        "postgres://me:geheim@db/x",
        "-----BEGIN RSA PRIVATE KEY-----",
      })
  void tokensAreFoundInVariablesLabelsAndHistoryButNotRepeated(String token) {
    List<String> variable = messages(config(config -> config.env(List.of("X=" + token))));
    List<String> label = messages(config(config -> config.labels(Map.of("l", token))));
    List<String> history =
        messages(
            config(config -> config)
                .withHistory(
                    List.of(new HistoryEntry("", "RUN |1 T=" + token + " make", "", "", true))));

    assertThat(variable).singleElement().asString().startsWith("variable X has a").endsWith("…");
    assertThat(label).singleElement().asString().startsWith("label \"l\" has a");
    assertThat(history).singleElement().asString().startsWith("history has a");
    assertThat(variable.toString() + label + history).doesNotContain(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AKIAIOSFODNN7EXAMPLE",
        "https://user:$PASSWORD@example.org",
        "https://user:${PASSWORD}@example.org",
        "http://example.org:8080/a@b",
        "ghp_tooshort",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
      })
  void whatOnlyLooksLikeOneIsNone(String text) {
    assertThat(messages(config(config -> config.env(List.of("X=" + text))))).isEmpty();
  }

  @Test
  void rootUnpinnedBasesAndShellsAreAdvice() {
    List<HygieneFinding> findings =
        HygieneCheck.check(
            config(config -> config.user("0:0").cmd(List.of("/bin/sh", "-c", "node app.js"))),
            List.of(),
            List.of("debian:12"));

    assertThat(findings)
        .extracting(HygieneFinding::kind)
        .containsExactly(Kind.ROOT_USER, Kind.UNPINNED_BASE, Kind.SHELL_FIRST);
    assertThat(findings).noneMatch(finding -> finding.kind().isProblem());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec node app.js", "cd /app && exec node app.js", "set -e; exec \"$@\""})
  void aShellThatGivesItsPlaceUpIsNoneToTell(String script) {
    assertThat(messages(config(config -> config.entrypoint(List.of("/bin/sh", "-c", script)))))
        .isEmpty();
  }
}
