package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BaseAdviceTest {
  private static List<String> bases(RuntimeNeeds needs) {
    return BaseAdvice.of(needs).stream().map(BaseAdvice::describe).toList();
  }

  private static RuntimeNeeds needs(
      CLibrary cLibrary, String glibc, Set<String> libraries, boolean shell, boolean certificates) {
    return new RuntimeNeeds(cLibrary, glibc, libraries, shell, Set.of(), certificates, false);
  }

  @Test
  void aStaticProgramNeedsNothing() {
    RuntimeNeeds needs = needs(CLibrary.NONE, null, Set.of(), false, false);

    assertThat(needs.describe()).isEqualTo("nothing");
    assertThat(bases(needs)).containsExactly("scratch");
  }

  @Test
  void aStaticProgramThatSpeaksTlsWantsCertificates() {
    assertThat(bases(needs(CLibrary.NONE, null, Set.of(), false, true)))
        .containsExactly("gcr.io/distroless/static-debian12");
  }

  @Test
  void aShellWithoutMoreIsBusybox() {
    assertThat(bases(needs(CLibrary.NONE, null, Set.of(), true, false)))
        .containsExactly("busybox:musl");
  }

  @Test
  void glibcComesWithOrWithoutAShell() {
    assertThat(bases(needs(CLibrary.GLIBC, "2.34", Set.of(), false, false)))
        .containsExactly("busybox:glibc", "gcr.io/distroless/base-nossl-debian12");
  }

  @Test
  void aNewGlibcNeedsANewBase() {
    assertThat(bases(needs(CLibrary.GLIBC, "2.38", Set.of(), false, false)))
        .containsExactly("gcr.io/distroless/base-nossl-debian13");
  }

  @Test
  void librariesAreCopiedOrComeWithALargerBase() {
    RuntimeNeeds needs =
        needs(CLibrary.GLIBC, "2.36", Set.of("libstdc++.so.6", "libgcc_s.so.1"), false, true);

    assertThat(needs.describe())
        .isEqualTo("glibc 2.36, libgcc_s.so.1, libstdc++.so.6, CA certificates");
    assertThat(bases(needs))
        .containsExactly(
            "gcr.io/distroless/base-nossl-debian12 with libgcc_s.so.1, libstdc++.so.6 copied to it",
            "gcr.io/distroless/cc-debian12");
  }

  @Test
  void muslIsAlpine() {
    assertThat(bases(needs(CLibrary.MUSL, null, Set.of(), false, false))).containsExactly("alpine");
  }

  @Test
  void anInterpreterNeedsItsOwnImage() {
    assertThat(
            bases(
                new RuntimeNeeds(
                    CLibrary.GLIBC, "2.36", Set.of(), false, Set.of("python"), false, false)))
        .containsExactly("gcr.io/distroless/python3-debian12");
  }
}
