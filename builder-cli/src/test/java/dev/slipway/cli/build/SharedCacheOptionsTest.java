package dev.slipway.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildRequest;
import dev.slipway.CacheLocation;
import dev.slipway.CacheTarget;
import dev.slipway.CacheTarget.Extent;
import dev.slipway.ContextSource;
import dev.slipway.Reuse;
import dev.slipway.cli.options.UsageException;
import dev.slipway.layer.Compression;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedCacheOptionsTest {
  private static Reuse read(String... words) {
    BuildRequest.Builder request = BuildRequest.builder(new ContextSource.Empty());
    SharedCacheOptions.read(BuildOptions.table().read(Arrays.asList(words)), request);
    return request.build().reuse();
  }

  @Test
  void cachesAreAskedAndWrittenInTheirOrder() {
    Reuse reuse =
        read(
            "--cache-from=app:cache",
            "--cache-from=type=registry,ref=localhost:5000/app:main",
            "--cache-from=type=local,src=in,tag=main",
            "--cache-to=type=registry,ref=app:one",
            "--cache-to=type=local,dest=out",
            "--cache-to=app:two",
            ".");
    assertThat(reuse.cacheFrom())
        .containsExactly(
            CacheLocation.inRegistry("app:cache"),
            CacheLocation.inRegistry("localhost:5000/app:main"),
            new CacheLocation.InDirectory(Path.of("in"), "main"));
    assertThat(reuse.cacheTo())
        .extracting(CacheTarget::location)
        .containsExactly(
            CacheLocation.inRegistry("app:one"),
            CacheLocation.inDirectory(Path.of("out")),
            CacheLocation.inRegistry("app:two"));
  }

  @Test
  void withoutThemThereIsNone() {
    assertThat(read(".").cacheFrom()).isEmpty();
    assertThat(read(".").cacheTo()).isEmpty();
  }

  @Test
  void theImagesLayersAreWrittenWhereNothingElseIsSaid() {
    assertThat(read("--cache-to=type=registry,ref=r", ".").cacheTo())
        .containsExactly(CacheTarget.of(CacheLocation.inRegistry("r")));
    assertThat(
            read(
                    "--cache-to=type=registry,ref=r,mode=max,compression=zstd,ignore-error=true,"
                        + "image-manifest=true,oci-mediatypes=true",
                    ".")
                .cacheTo())
        .containsExactly(
            new CacheTarget(
                CacheLocation.inRegistry("r"),
                Extent.ALL_STAGES,
                Optional.of(Compression.ZSTD),
                true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gha", "s3", "azblob", "inline"})
  void otherPlacesAreRefusedByName(String type) {
    assertThatThrownBy(() -> read("--cache-to=type=" + type + ",dest=x", "."))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("type=" + type + " is not supported");
    assertThatThrownBy(() -> read("--cache-from=type=" + type + ",src=x", "."))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("type=" + type + " is not supported");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "./cache | is no name of an image",
        "/cache | is no name of an image",
        "ref=r | does not say its type",
        "type=registry | does not say where",
        "type=local,src=x | does not say where",
        "type=registry,ref= | does not say where",
        "type=registry,ref=r,mode=most | mode=most is not known",
        "type=registry,ref=r,compression=bzip2 | compression=bzip2 is not supported",
        "type=registry,ref=r,ignore-error=maybe | expected true or false",
        "type=registry,ref=r,oci-mediatypes=false | oci-mediatypes=false is not supported",
        "type=registry,ref=r,color=red | no attribute \"color\"",
      })
  void whatThereIsNotIsRefused(String value, String message) {
    assertThatThrownBy(() -> read("--cache-to=" + value, "."))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aCacheToReadHasNoMode() {
    assertThatThrownBy(() -> read("--cache-from=type=registry,ref=r,mode=max", "."))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no attribute \"mode\"");
  }
}
