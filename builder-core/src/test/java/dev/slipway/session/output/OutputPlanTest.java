package dev.slipway.session.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.OutputSpec;
import dev.slipway.OutputSpec.Destination;
import dev.slipway.OutputSpec.Type;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.export.directory.PlatformSplit;
import dev.slipway.reference.ImageReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputPlanTest {
  private static OutputPlan plan(Type type, Map<String, String> attributes, String... names) {
    Destination destination =
        type == Type.REGISTRY
            ? new Destination.ToRegistry()
            : new Destination.ToPath(Path.of("out"));
    return OutputPlan.of(
        new OutputSpec(type, destination, attributes),
        List.of(names).stream().map(ImageReference::parse).toList(),
        Optional.empty(),
        false);
  }

  @Test
  void anOutputsOwnNamesGoBeforeThoseOfTheRequest() {
    assertThat(plan(Type.OCI, Map.of("name", "a:1,b"), "c:1").names())
        .extracting(ImageReference::familiar)
        .containsExactly("a:1", "b:latest");
  }

  @ParameterizedTest
  @CsvSource({
    "LOCAL, compression, gzip",
    "TAR, oci-mediatypes, false",
    "DOCKER, tar, false",
    "OCI, push, true",
    "OCI, platform-split, false",
    "OCI, push-by-digest, true",
    "REGISTRY, tar, false",
    "REGISTRY, dest, file",
  })
  void whatAnOutputHasNoUseForIsRefused(Type type, String name, String value) {
    assertThatThrownBy(() -> plan(type, Map.of(name, value), "a:1"))
        .hasMessage(
            "output attribute '%s' of type %s is not supported",
            name, type.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void whatWasMeantByAnAttributeIsTold() {
    assertThatThrownBy(() -> plan(Type.OCI, Map.of("dst", "x"), "a:1"))
        .extracting(e -> ((BuildException) e).hint())
        .isEqualTo("did you mean 'dest'?");
    assertThatThrownBy(() -> plan(Type.OCI, Map.of("compresion", "gzip"), "a:1"))
        .extracting(e -> ((BuildException) e).hint())
        .isEqualTo("did you mean 'compression'?");
    assertThatThrownBy(() -> plan(Type.REGISTRY, Map.of("dest", "x"), "a:1"))
        .extracting(e -> ((BuildException) e).hint())
        .isNull();
  }

  @Test
  void filesOfPlatformsAreApartAsAskedFor() {
    assertThat(plan(Type.LOCAL, Map.of()).split()).isEqualTo(PlatformSplit.OF_SEVERAL);
    assertThat(plan(Type.LOCAL, Map.of("platform-split", "")).split())
        .isEqualTo(PlatformSplit.ALWAYS);
    assertThat(plan(Type.TAR, Map.of("platform-split", "false")).split())
        .isEqualTo(PlatformSplit.NEVER);
  }

  @Test
  void aRegistryIsPushedTo() {
    assertThat(plan(Type.REGISTRY, Map.of("push", "1"), "a:1").names()).hasSize(1);
    assertThatThrownBy(() -> plan(Type.REGISTRY, Map.of("push", "false"), "a:1"))
        .hasMessageContaining("push=false");
    assertThatThrownBy(() -> plan(Type.REGISTRY, Map.of())).hasMessageContaining("has no name");
  }
}
