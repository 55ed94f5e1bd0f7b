package dev.slipway.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.RedactedUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitSourceTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://host/o/r.git, https://host/o/r.git, '', ''",
        "http://host/o/r.git, http://host/o/r.git, '', ''",
        "HTTPS://host/o/r.git, HTTPS://host/o/r.git, '', ''",
        "https://host/r.git#main, https://host/r.git, main, ''",
        "https://host/r.git#main:dir/sub, https://host/r.git, main, dir/sub",
        "https://host/r.git#:dir, https://host/r.git, '', dir",
        "https://u:p@host/r.git#v1, https://u:p@host/r.git, v1, ''",
        "https://host/r.git?ref=x, https://host/r.git, x, ''",
        "https://host/r.git?branch=b, https://host/r.git, refs/heads/b, ''",
        "https://host/r.git?tag=t&subdir=a%2Fb, https://host/r.git, refs/tags/t, a/b",
        "https://host/r.git?tag=refs/tags/t, https://host/r.git, refs/tags/t, ''",
        "https://host/r.git?subdir=d#main, https://host/r.git, main, d",
        "https://host/r.git?commit=0123456789, https://host/r.git, '', ''",
        "https://host/r.git?commit=0123456789012345678901234567890123456789,"
            + " https://host/r.git, 0123456789012345678901234567890123456789, ''",
        "ssh://git@host:2222/r, ssh://git@host:2222/r, '', ''",
        "git://host/r, git://host/r, '', ''",
        "git://host/r.git#feature/x, git://host/r.git, feature/x, ''",
        "git@host:o/r.git, git@host:o/r.git, '', ''",
        "git@host:o/r.git#main:d, git@host:o/r.git, main, d",
        "git@host:o/r.git?tag=v1, git@host:o/r.git, refs/tags/v1, ''",
        "host:o/r, host:o/r, '', ''",
      })
  void gitUrlsAreTakenApart(String url, String remote, String ref, String subdirectory) {
    GitSource source = GitSource.parse(url).orElseThrow();
    assertThat(source.remote()).isEqualTo(remote);
    assertThat(source.ref()).isEqualTo(ref);
    assertThat(source.subdirectory()).isEqualTo(subdirectory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host/file.tar.gz",
        "https://host/r.git/file",
        "https://host/r",
        "file.txt",
        "./r.git",
        "../host:r.git",
        "dir/host:r",
        "file:///r.git",
        "ftp://host/r.git",
        "github.com/o/r",
        "",
        ":r",
      })
  void othersAreNone(String url) {
    assertThat(GitSource.parse(url)).isEmpty();
  }

  @Test
  void aBareGithubNameIsAContextOnly() {
    GitSource source = GitSource.parseContext("github.com/o/r#main").orElseThrow();
    assertThat(source.remote()).isEqualTo("https://github.com/o/r");
    assertThat(source.ref()).isEqualTo("main");
  }

  @Test
  void flagsOfTheQueryAreKept() {
    GitSource source =
        GitSource.parse("https://host/r.git?keep-git-dir&submodules=false&checksum=abcdef0")
            .orElseThrow();
    assertThat(source.keepGitDirectory()).isTrue();
    assertThat(source.submodules()).isFalse();
    assertThat(source.checksum()).isEqualTo("abcdef0");
    assertThat(source.ref()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "?ref, query \"ref\" has no value",
    "?ref=a#b, 'ref is both \"b\" and \"a\"'",
    "?ref=a&ref=a, query \"ref\" has several values",
    "?branch=a&tag=a, 'ref is both \"refs/heads/a\" and \"refs/tags/a\"'",
    "?tag=a&branch=a, 'ref is both \"refs/tags/a\" and \"refs/heads/a\"'",
    "'?submodules=yes', 'query \"submodules\" is \"yes\", expected true or false'",
  })
  void contradictionsAreErrors(String options, String message) {
    assertThatThrownBy(() -> GitSource.parse("https://u:secret@host/r.git" + options))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void anUnknownKeyIsAnError() {
    assertThatThrownBy(() -> GitSource.parse("https://host/r.git?depth=1"))
        .hasMessageContaining("unexpected query \"depth\", expected one of ref, tag");
  }

  @Test
  void cve2019_13139_remoteHelpersAreRefused() {
    assertThatThrownBy(() -> GitSource.parse("ext::sh -c touch% /tmp/x"))
        .isInstanceOf(FetchException.class)
        .hasMessage("\"ext::\" is no transport for git");
  }

  @Test
  void credentialsAreNeverPrinted() {
    GitSource source = GitSource.parse("https://user:secret@host/r.git#main").orElseThrow();
    assertThat(source).hasToString("https://host/r.git#main");
    assertThat(RedactedUrl.of("https://a:b@h:1/x?y=@z")).isEqualTo("https://h:1/x?y=@z");
    assertThat(RedactedUrl.of("https://h/x@y")).isEqualTo("https://h/x@y");
    assertThat(RedactedUrl.of("https://tok@en@h/x")).isEqualTo("https://h/x");
  }
}
