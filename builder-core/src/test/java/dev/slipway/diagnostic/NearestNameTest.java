package dev.slipway.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  @Test
  void theNearestWithinTwoEditsIsFound() {
    assertThat(NearestName.find("buld", List.of("test", "build", "bald"))).isEqualTo("bald");
    assertThat(NearestName.find("biuld", List.of("test", "build"))).isEqualTo("build");
    assertThat(NearestName.find("chwon", List.of("chmod", "chown"))).isEqualTo("chown");
    assertThat(NearestName.find("something", List.of("else"))).isNull();
  }

  @Test
  void aNameThatIsThereNeedsNoOther() {
    assertThat(NearestName.find("build", List.of("biuld", "build"))).isNull();
  }

  @Test
  void theCaseOfTheAnswerIsThatOfTheQuestion() {
    assertThat(NearestName.findIgnoringCase("rnu", List.of("RUN"))).isEqualTo("run");
    assertThat(NearestName.findIgnoringCase("Rnu", List.of("RUN"))).isEqualTo("RUN");
  }
}
