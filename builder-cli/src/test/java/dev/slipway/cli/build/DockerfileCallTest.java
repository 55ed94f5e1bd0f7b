package dev.slipway.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.options.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileCallTest {
  private static DockerfileCall read(String... words) {
    return DockerfileCall.read(BuildOptions.table().read(List.of(words)));
  }

  @Test
  void aBuildIsWhatIsDoneUnlessSomethingElseIsAskedFor() {
    assertThat(read(".")).isEqualTo(DockerfileCall.BUILD);
    assertThat(read("--call", "build", ".")).isEqualTo(DockerfileCall.BUILD);
    assertThat(read("--check", ".")).isEqualTo(DockerfileCall.CHECK);
    assertThat(read("--call=outline,format=text", ".")).isEqualTo(DockerfileCall.OUTLINE);
    assertThat(read("--call=targets", ".")).isEqualTo(DockerfileCall.TARGETS);
  }

  @Test
  void whatIsNotSupportedIsRefusedByName() {
    assertThatThrownBy(() -> read("--call=outline,format=json", "."))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("format=json");
    assertThatThrownBy(() -> read("--call=describe", ".")).hasMessageContaining("describe");
    assertThatThrownBy(() -> read("--call=outline", "--check", "."))
        .hasMessageContaining("exclude");
  }
}
