package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who starts the command. */
class StartUsersTest extends StartCheckFixture {
  @Test
  void aUserIsMadeWithWhatTheImageHasForIt() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(image, "usr/sbin/useradd", 0755, staticProgram());
    config.cmd(List.of("/app")).user("me");

    assertThat(only().advice()).endsWith("or make it before: RUN useradd --system me");
  }

  @Test
  void whoMayNotIsWhomTheCommandIsStartedAs() throws IOException {
    put(image, "bin/gosu", 0755, staticProgram());
    put(image, "bin/app", 0700, staticProgram());
    put(image, "etc/passwd", 0644, text("me:x:5:5::/:\n"));
    config.cmd(List.of("gosu", "me", "/bin/app"));

    assertThat(only().message())
        .isEqualTo("\"/bin/app\", which CMD starts, is not executable for \"me\"");
  }

  @Test
  void aUserWhoIsANumberIsOneEvenWhereAnotherIsCalledSo() throws IOException {
    put(image, "etc/passwd", 0644, text("1000:x:0:0::/:\n"));
    put(image, "app", 0700, staticProgram());
    config.cmd(List.of("/app")).user("1000");

    assertThat(only().message()).isEqualTo("CMD \"/app\" is not executable for USER");
  }

  @Test
  void numbersOfUsersAndGroupsEndWhereRuntimesDo() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/app")).user("2147483647:2147483647");

    assertThat(check()).isEmpty();

    config.user("2147483648");

    assertThat(only().message())
        .isEqualTo("USER \"2147483648\" cannot be used: user \"2147483648\" is beyond 2147483647");

    config.user("1:4294967295");

    assertThat(only().message()).contains("group \"4294967295\" is beyond 2147483647");
  }

  @Test
  void accountsMayHaveFewFields() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(image, "etc/passwd", 0644, text("# accounts\nweb:x:1000\r\n"));
    put(image, "etc/group", 0644, text("web:x:1000\n"));
    config.cmd(List.of("/app")).user("web:web");

    assertThat(check()).isEmpty();
  }

  @Test
  void aNamedUserNeedsPasswd() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/app")).user("web");

    assertThat(only().message())
        .isEqualTo("USER \"web\" cannot be used: user \"web\" is not in /etc/passwd");
  }

  @Test
  void aUsersRightsCount() throws IOException {
    put(image, "app", 0700, staticProgram());
    put(image, "etc/passwd", 0644, text("web:x:1000:1000::/:/bin/sh\n"));
    config.cmd(List.of("/app")).user("web");

    assertThat(only().message()).isEqualTo("CMD \"/app\" is not executable for USER");
  }

  @Test
  void aNamedUserComesWithTheAccountsOfAStage() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(stage, "etc/passwd", 0644, text("web:x:1000:1000::/:/bin/sh\n"));
    put(stage, "etc/group", 0644, text("web:x:1000:\n"));
    config.cmd(List.of("/app")).user("web");

    assertThat(only().repair()).containsExactly("COPY --from=build /etc/passwd /etc/group /etc/");
    assertThat(only().advice()).isEqualTo("or name it by number: USER 1000");
  }

  @Test
  void whatIsBehindASecondColonIsAHint() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/app")).user("1:2:3");

    assertThat(only().certain()).isFalse();
    assertThat(only().message()).startsWith("USER \"1:2:3\" has a second colon");
  }
}
