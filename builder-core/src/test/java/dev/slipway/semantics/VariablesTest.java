package dev.slipway.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** B5: ARG, ENV and words. */
class VariablesTest extends BuildTest {
  @Test
  void item51valuesOfALineSeeWhatWasBeforeIt() {
    BuiltImage image =
        build(
            """
            FROM scratch
            ENV abc=hello
            ENV abc=bye def=$abc
            ENV ghi=$abc
            LABEL a=$abc b=$a
            """);
    assertThat(image.config().env()).contains("abc=bye", "def=hello", "ghi=bye");
    assertThat(image.config().labels()).containsEntry("a", "bye").containsEntry("b", "");
  }

  @Test
  void item52anArgumentBeforeFromIsForFromOnly() {
    BuiltImage image =
        build(
            """
            ARG BASE=scratch
            ARG X="1 2"
            FROM ${BASE} AS a
            ENV WITHOUT=${X:-unset}
            ARG X
            ENV WITH=${X}
            """);
    assertThat(image.config().env()).contains("WITHOUT=unset", "WITH=1 2");
  }

  @Test
  void item53aBareArgKeepsWhatItHasAndIsNotEmpty() {
    BuiltImage image =
        build(
            """
            FROM scratch
            ARG A=1
            ARG A
            ARG B
            ARG C=
            ENV a=$A b=${B-unset} c=${C-unset}
            """);
    assertThat(image.config().env()).contains("a=1", "b=unset", "c=");
  }

  @Test
  void item54anEmptyBuildArgumentIsAValue() {
    BuiltImage image =
        build("FROM scratch\nARG A=1\nENV a=[$A]\n", request -> request.buildArg("A", ""));
    assertThat(image.config().env()).contains("a=[]");
  }

  @Test
  void item55theLaterOfArgAndEnvWinsAndEnvIsWhatIsSaved() {
    BuiltImage image =
        build(
            """
            FROM scratch
            ENV V=env
            ARG V
            ENV seen=$V
            ARG W=arg
            ENV W=env
            ENV seen2=$W
            """,
            request -> request.buildArg("V", "given"));
    assertThat(image.config().env()).contains("V=env", "seen=given", "W=env", "seen2=env");
  }

  @Test
  void item51unlikeVariablesTheArgumentsOfALineSeeThoseBeforeThem() {
    BuiltImage image = build("FROM scratch\nARG a=1 b=${a:-none}\nARG c=$a\nENV b=$b c=$c\n");
    assertThat(image.config().env()).contains("b=1", "c=1");
  }

  @Test
  void item56aBuildArgumentThatNothingDeclaresIsWarnedAbout() {
    BuiltImage image =
        build(
            "FROM scratch\nARG VERSION\n",
            r ->
                r.buildArg("VERSOIN", "1").buildArg("http_proxy", "x").buildArg("BUILDKIT_X", "1"));
    assertThat(image.warnings())
        .containsExactly("one or more build-args [VERSOIN] were not consumed");
  }

  @Test
  void item57platformArgumentsHaveToBeDeclared() {
    BuiltImage image =
        build(
            """
            FROM --platform=$BUILDPLATFORM scratch
            ENV without=${TARGETARCH:-unset}
            ARG TARGETARCH TARGETOS TARGETPLATFORM
            ENV with=$TARGETOS/$TARGETARCH all=$TARGETPLATFORM
            """);
    String platform = image.image().platform().format();
    assertThat(image.config().env())
        .contains("without=unset", "with=" + platform, "all=" + platform);
  }

  @Test
  void item58whatIsExpanded() {
    file("f", "1");
    BuiltImage image =
        build(
            """
            FROM scratch
            ARG X=1
            ENV E=$X
            COPY --chown=$X:$X f /c$X
            ADD f /a$X
            EXPOSE $X
            LABEL l=$X
            STOPSIGNAL $X
            USER $X
            VOLUME /v$X
            WORKDIR /w$X
            CMD ["$X"]
            ENTRYPOINT echo $X
            """);
    assertThat(image.stat("/c1")).isEqualTo("644 1:1");
    assertThat(image.has("/a1")).isTrue();
    assertThat(image.config().exposedPorts()).containsExactly("1/tcp");
    assertThat(image.config().labels()).containsEntry("l", "1");
    assertThat(image.config().stopSignal()).isEqualTo("1");
    assertThat(image.config().user()).isEqualTo("1");
    assertThat(image.config().volumes()).containsExactly("/v1");
    assertThat(image.config().workingDir()).isEqualTo("/w1");
    assertThat(image.config().cmd()).containsExactly("$X");
    assertThat(image.config().entrypoint()).containsExactly("/bin/sh", "-c", "echo $X");
  }

  @Test
  void item59and60quotesAndFormsInABuild() {
    BuiltImage image =
        build(
            """
            FROM scratch
            ENV x=abc
            ENV a='$x' b="\\$x" c=\\$x d="a\\tb" e=a\\tb f=${x#a} g=${x/b/-} h=${y:-z}
            """);
    assertThat(image.config().env())
        .contains("a=$x", "b=$x", "c=$x", "d=a\\tb", "e=atb", "f=bc", "g=a-c", "h=z");
    assertThat(failure("FROM scratch\nENV a=${x:=w}\n")).hasMessageContaining("${x:=w}");
    assertThat(failure("FROM scratch\nENV a=${x:?must be set}\n"))
        .hasMessageContaining("must be set");
  }

  @Test
  void item61theOldForm() {
    assertThat(build("FROM scratch\nENV k v \"w\"  \n").config().env()).contains("k=v w");
  }

  @Test
  void item62aNameKeepsItsPlace() {
    BuiltImage image = build("FROM scratch\nENV A=1\nENV B=2\nENV A=3\n");
    assertThat(image.config().env().subList(1, 3)).containsExactly("A=3", "B=2");
  }

  @Test
  void item63namesHaveTheirCase() {
    assertThat(build("from scratch\nenv a=1\nEnv b=$A$a\n").config().env()).contains("b=1");
  }
}
