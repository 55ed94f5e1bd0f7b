package dev.slipway.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  private static final String DIGEST =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @ParameterizedTest
  @CsvSource({
    "alpine, docker.io/library/alpine:latest, alpine:latest",
    "alpine:3.20, docker.io/library/alpine:3.20, alpine:3.20",
    "user/app, docker.io/user/app:latest, user/app:latest",
    "docker.io/alpine, docker.io/library/alpine:latest, alpine:latest",
    "index.docker.io/library/alpine, docker.io/library/alpine:latest, alpine:latest",
    "localhost/app, localhost/app:latest, localhost/app:latest",
    "localhost:5000/a/b:t, localhost:5000/a/b:t, localhost:5000/a/b:t",
    "ghcr.io/o/r, ghcr.io/o/r:latest, ghcr.io/o/r:latest",
    "UPPER/app, UPPER/app:latest, UPPER/app:latest",
    "[::1]:5000/app, [::1]:5000/app:latest, [::1]:5000/app:latest",
    "a__b/c.d/e---f, docker.io/a__b/c.d/e---f:latest, a__b/c.d/e---f:latest",
  })
  void namesAreCompletedAsDockerDoes(String text, String full, String familiar) {
    ImageReference reference = ImageReference.parse(text).withDefaultTag();

    assertThat(reference).hasToString(full);
    assertThat(reference.familiar()).isEqualTo(familiar);
    assertThat(ImageReference.parse(full)).isEqualTo(reference);
  }

  @Test
  void aDigestDecidesBeforeATag() {
    ImageReference reference = ImageReference.parse("alpine:3.20@" + DIGEST);

    assertThat(reference.tag()).isEqualTo("3.20");
    assertThat(reference.identifier()).isEqualTo(DIGEST);
    assertThat(reference.withDefaultTag()).isEqualTo(reference);
    assertThat(reference).hasToString("docker.io/library/alpine:3.20@" + DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Alpine",
        "docker.io/Alpine",
        "a//b",
        "/a",
        "a/",
        "a..b",
        "a___b",
        "-a",
        "a_",
        "a:",
        "a:.t",
        "a: b",
        "a b",
        "a@sha256:../../x",
        "a@md5:00",
        "ghcr.io/",
        "host:99999/a",
        "host:port/a",
        "http://host/a",
        "../../etc",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "a\u0000b",
        "ä"
      })
  void whatIsNoReferenceIsRefused(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(ReferenceException.class)
        .hasMessageStartingWith("invalid image reference");
  }

  @Test
  void longNamesAndTagsAreRefused() {
    assertThatThrownBy(() -> ImageReference.parse("a/" + "b".repeat(300)))
        .hasMessageContaining("longer than 255");
    assertThatThrownBy(() -> ImageReference.parse("a:" + "t".repeat(129)))
        .hasMessageContaining("invalid tag");
  }

  @Test
  void anUpperCaseNameIsShownInLowerCase() {
    assertThatThrownBy(() -> ImageReference.parse("user/MyApp"))
        .isInstanceOfSatisfying(
            ReferenceException.class, e -> assertThat(e.hint()).isEqualTo("write user/myapp"));
  }
}
