package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClassReferencesTest extends StartCheckFixture {
  private static byte[] own() throws IOException {
    try (InputStream in =
        ClassReferencesTest.class.getResourceAsStream("ClassReferencesTest.class")) {
      return in.readAllBytes();
    }
  }

  @Test
  void superclassAndOthersAreNamed() throws IOException {
    ClassReferences references = ClassReferences.read(own());

    assertThat(references.name()).isEqualTo("dev/slipway/inspect/start/ClassReferencesTest");
    assertThat(references.parents()).containsExactly("dev/slipway/inspect/start/StartCheckFixture");
    assertThat(references.all())
        .contains("java/io/InputStream", "dev/slipway/inspect/start/ClassReferences");
  }

  @Test
  void brokenOnesNameNone() throws IOException {
    byte[] own = own();
    for (int length = 0; length < own.length; length += 7) {
      ClassReferences.read(Arrays.copyOf(own, length));
    }
    assertThat(ClassReferences.read(Arrays.copyOf(own, 40))).isNull();
    assertThat(ClassReferences.read(new byte[100])).isNull();
  }
}
