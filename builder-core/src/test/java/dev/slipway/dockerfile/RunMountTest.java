package dev.slipway.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.SourceFile;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.RunMount.Sharing;
import dev.slipway.dockerfile.RunMount.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunMountTest {
  private static RunMount mount(String text) {
    SourceSpan span = new SourceFile("Dockerfile", text).span(0, text.length());
    List<MountOption> options = new ArrayList<>();
    for (String field : text.split(",")) {
      int equals = field.indexOf('=');
      options.add(
          new MountOption(
              equals < 0 ? field : field.substring(0, equals),
              equals < 0 ? null : field.substring(equals + 1),
              span));
    }
    return RunMount.of(options, span);
  }

  @DisplayName("B8-83 a bind is read-only unless told otherwise")
  @Test
  void bind() {
    RunMount bind = mount("target=/src");
    assertThat(bind.type()).isEqualTo(Type.BIND);
    assertThat(bind.readOnly()).isTrue();
    assertThat(bind.from()).isNull();
    assertThat(mount("target=/x,rw").readOnly()).isFalse();
    assertThat(mount("target=/x,rw=false").readOnly()).isTrue();
    assertThat(mount("target=/x,source=/a,from=stage").source()).isEqualTo("/a");
  }

  @DisplayName("B8-84 a cache is writable and shared, and may be given mode and owner")
  @Test
  void cache() {
    RunMount cache = mount("type=cache,target=/c,mode=0700,uid=1000,gid=4294967295");
    assertThat(cache.readOnly()).isFalse();
    assertThat(cache.sharing()).isEqualTo(Sharing.SHARED);
    assertThat(cache.mode()).isEqualTo(0700);
    assertThat(cache.uid()).isEqualTo(1000L);
    assertThat(cache.gid()).isEqualTo(4294967295L);
    assertThat(mount("type=cache,target=/c,sharing=LOCKED,ro").sharing()).isEqualTo(Sharing.LOCKED);
  }

  @DisplayName("B8-85 a secret is optional unless required")
  @Test
  void secret() {
    assertThat(mount("type=secret,id=token").required()).isFalse();
    assertThat(mount("type=secret,id=token,required").required()).isTrue();
    assertThat(mount("type=secret,id=token,env=TOKEN").env()).isEqualTo("TOKEN");
  }

  @DisplayName("B8-86 an agent needs no id")
  @Test
  void ssh() {
    assertThat(mount("type=ssh").id()).isNull();
    assertThat(mount("type=ssh,required=true").required()).isTrue();
  }

  @DisplayName("B8-87 sizes of tmpfs, and what is refused")
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'type=tmpfs,target=/t,size=10m', 10485760",
    "'type=tmpfs,target=/t,size=1.5GiB', 1610612736",
    "'type=tmpfs,target=/t,size=100', 100",
    "'type=tmpfs,target=/t,size=2 kb', 2048",
  })
  void sizes(String text, long bytes) {
    assertThat(mount(text).sizeLimit()).isEqualTo(bytes);
  }

  @DisplayName("B8-87 unknown keys and types get a suggestion; keys must fit the type")
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "type=cach,target=/x ~ unsupported mount type \"cach\" (did you mean cache?)",
        "type=cache,tagret=/x ~ unexpected key 'tagret' in 'tagret=/x' (did you mean target?)",
        "type=cache,sharing=share ~ unsupported sharing value \"share\" (did you mean shared?)",
        "target=/x,mode=700 ~ mode not allowed for \"bind\" type mounts",
        "type=tmpfs,target=/x,uid=1 ~ uid not allowed for \"tmpfs\" type mounts",
        "target=/x,required ~ unexpected key 'required' for mount type 'bind'",
        "required,type=secret,id=x ~ unexpected key 'required' for mount type 'bind'",
        "type=cache,size=1 ~ unexpected key 'size' for mount type 'cache'",
        "type=cache,target ~ invalid field 'target' must be a key=value pair",
        "type=cache,mode=9 ~ invalid value 9 for mode",
        "type=cache,uid=4294967296 ~ invalid value 4294967296 for uid",
        "type=cache,ro=maybe ~ invalid value for ro: maybe",
        "type=tmpfs,size=x ~ invalid value for size: x",
        "type=secret ~ invalid secret mount",
        "type=secret,id=x,from=y ~ secret mount should not have a from",
        "type=secret,id=x,source=y ~ both source and id can't be set",
        "sharing=locked,target=/x ~ invalid cache sharing set for bind mount",
      })
  void refused(String text, String message) {
    assertThatThrownBy(() -> mount(text))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void labelsOfPodmanMeanNothing() {
    RunMount plain = mount("type=cache,target=/c");
    for (String labelled :
        List.of(
            "type=cache,target=/c,z",
            "type=cache,z=true,target=/c",
            "type=cache,target=/c,relabel=shared",
            "type=cache,target=/c,relabel=PRIVATE")) {
      RunMount mount = mount(labelled);
      assertThat(mount.type()).isEqualTo(plain.type());
      assertThat(mount.target()).isEqualTo(plain.target());
      assertThat(mount.readOnly()).isEqualTo(plain.readOnly());
    }
    assertThatThrownBy(() -> mount("target=/c,z=maybe")).isInstanceOf(DiagnosticsException.class);
    assertThatThrownBy(() -> mount("target=/c,relabel=no"))
        .isInstanceOf(DiagnosticsException.class)
        .hasMessageContaining("unsupported relabel value \"no\"");
  }
}
