package dev.slipway.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.build.DockerfileCall.Kind;
import dev.slipway.cli.options.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileCallTest {
  private static DockerfileCall read(String... words) {
    return DockerfileCall.read(BuildOptions.table().read(List.of(words)));
  }

  @Test
  void aBuildIsWhatIsDoneUnlessSomethingElseIsAskedFor() {
    assertThat(read(".")).isEqualTo(new DockerfileCall(Kind.BUILD, false, false));
    assertThat(read("--call", "build", ".").kind()).isEqualTo(Kind.BUILD);
    assertThat(read("--check", ".").kind()).isEqualTo(Kind.CHECK);
    assertThat(read("--call=lint", ".").kind()).isEqualTo(Kind.CHECK);
    assertThat(read("--call=outline,format=text", ".").kind()).isEqualTo(Kind.OUTLINE);
    assertThat(read("--call=targets", ".").kind()).isEqualTo(Kind.TARGETS);
  }

  @Test
  void theAnswersFormAndStatusAreAskedForBehindACall() {
    assertThat(read("--call=check,format=json,ignorestatus", "."))
        .isEqualTo(new DockerfileCall(Kind.CHECK, true, true));
    assertThat(read("--call=check,format=text,ignorestatus=false", "."))
        .isEqualTo(new DockerfileCall(Kind.CHECK, false, false));
  }

  @Test
  void whatIsNotSupportedIsRefusedByName() {
    assertThatThrownBy(() -> read("--call=outline,format=yaml", "."))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("format=yaml");
    assertThatThrownBy(() -> read("--call=describe", ".")).hasMessageContaining("describe");
    assertThatThrownBy(() -> read("--call=outline", "--check", "."))
        .hasMessageContaining("exclude");
  }
}
