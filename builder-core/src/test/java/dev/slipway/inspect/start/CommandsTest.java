package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands that start other ones are seen to start. */
class CommandsTest {
  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private static String joined(List<String> words) {
    return words == null ? "?" : String.join(" ", words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app -x | app -x",
        "A=1 B=2 app | app",
        "-u HOME app | app",
        "--unset=HOME -- app | app",
        "-S app | app",
        "-i /bin/app | /bin/app",
        "-i app | app",
        "- app | app",
        "PATH=/opt app | app",
        "-C /data app | app",
        "--chdir=/data app | app",
        "--default-signal=INT app | app",
        "-z app | ?",
        "A=1 | ?",
      })
  void envStarts(String arguments, String started) {
    assertThat(env(words(arguments))).isEqualTo(started);
  }

  private static String env(List<String> arguments) {
    EnvCommand command = EnvCommand.of(arguments, List.of("HOME=/root", "APP=app"));
    return command == null ? "?" : joined(command.command());
  }

  @Test
  void envSplitsWhatItIsTold() {
    assertThat(env(List.of("-S app -x", "/s"))).isEqualTo("app -x /s");
    assertThat(env(List.of("-Sapp -x"))).isEqualTo("app -x");
    assertThat(env(List.of("-S -u HOME A=1 app"))).isEqualTo("app");
    assertThat(env(List.of("-vS app"))).isEqualTo("app");
    assertThat(env(List.of("-iS/bin/app"))).isEqualTo("/bin/app");
    assertThat(env(List.of("--split-string=app -x"))).isEqualTo("app -x");
    assertThat(env(List.of("-S \"my app\" x"))).isEqualTo("my app x");
    assertThat(env(List.of("-S ${APP} -x # gone"))).isEqualTo("app -x");
    assertThat(env(List.of("-S a\\_b 'c\\d'"))).isEqualTo("a b c\\d");
    assertThat(env(List.of("-S ${OTHER}"))).isEqualTo("?");
    assertThat(env(List.of("-S $APP"))).isEqualTo("?");
    assertThat(env(List.of("-S 'app"))).isEqualTo("?");
  }

  @Test
  void envThatSplitsItselfAgainAndAgainEnds() {
    assertThat(EnvCommand.of(List.of("-S${A}"), List.of("A=-S${A}"))).isNull();
    assertThat(EnvCommand.of(List.of("-S"), List.of())).isNull();
  }

  @Test
  void envChangesWhatAProgramIsStartedIn() {
    EnvCommand command =
        EnvCommand.of(words("-u A -C /data B=2 C=3 app"), List.of("A=1", "B=1", "D=1"));

    assertThat(command.environment()).containsExactly("D=1", "B=2", "C=3");
    assertThat(command.directory()).isEqualTo("/data");
    assertThat(EnvCommand.of(words("-i A=1 app"), List.of("B=1")).environment())
        .containsExactly("A=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tini -- app -- x | app -- x",
        "/sbin/tini -g -p SIGTERM -- app | app",
        "tini app -g | app -g",
        "dumb-init -r 15:3 app | app",
        "gosu app:app /app | /app",
        "gosu --version | ?",
        "env A=1 app | app",
        "tini | ?",
        "tini -p | ?",
        "java -jar app.jar | ?",
      })
  void launchersStart(String command, String started) {
    Launcher launched = Launcher.of(words(command), List.of());
    assertThat(launched == null ? "?" : joined(launched.command())).isEqualTo(started);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app -x | app",
        "exec app | app",
        "exec -a other app | ?",
        "A=1 B='x y' exec app | app",
        "PATH=/opt app | ?",
        "'/my app' x | /my app",
        "\"/app\" $PORT | /app",
        "$APP | ?",
        "app && other | app",
        "app || other | ?",
        "app; other | ?",
        "app | other | ?",
        "cd /data | ?",
        "exec cd | cd",
        "[ -f /x ] | ?",
      })
  void shellsStart(String test) {
    int bar = test.lastIndexOf(" | ");
    String line = test.substring(0, bar);
    String program = program("/bin/sh", "-c", line);
    assertThat(program == null ? "?" : program).isEqualTo(test.substring(bar + 3));
  }

  private static String program(String... command) {
    Map<String, String> variables = Map.of("HOME_OF_APP", "/opt", "OPTIONS", "-x -y", "NONE", "");
    ShellCommand.Started started = ShellCommand.started(List.of(command), variables::get);
    return started == null ? null : started.command().get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "$HOME_OF_APP/app | /opt/app",
        "exec ${HOME_OF_APP}/app -x | /opt/app",
        "\"$HOME_OF_APP/app\" -x | /opt/app",
        "'$HOME_OF_APP/app' | $HOME_OF_APP/app",
        "$HOME_OF_APPS/app | ?",
        "${HOME_OF_APP:-/usr}/app | ?",
        "$OPTIONS | ?",
        "$NONE app | ?",
        "$ app | ?",
      })
  void shellsPutInWhatTheImageSays(String line, String started) {
    String program = program("/bin/sh", "-c", line);
    assertThat(program == null ? "?" : program).isEqualTo(started);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "python3 app.py | app.py",
        "python3.11 -u -B /app/main -x | /app/main",
        "python -m http.server | ?",
        "python -c print | ?",
        "python -W error app.py | ?",
        "python3-config app.py | ?",
      })
  void interpretersAreToldFiles(String command, String file) {
    String found = InterpretedFile.of(words(command));
    assertThat(found == null ? "?" : found).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java -jar /app.jar -x | /app.jar",
        "/opt/java/bin/java -Xmx1g -cp /a --add-opens java.base/java.util=ALL -jar app.jar | app.jar",
        "java -cp /a:/b/* app/Main -jar x | app.Main in /a /b/*",
        "java -ea Main | Main in /classes",
        "java @options -jar app.jar | ?",
        "java -jar | ?",
        "java Main.java | ?",
        "java -m app/Main | ?",
        "java -version | ?",
        "app -jar app.jar | ?",
      })
  void javaIsToldArchivesAndClasses(String command, String told) {
    JavaCommand java = JavaCommand.of(words(command), Map.of("CLASSPATH", "/classes")::get);
    String main = java == null ? "?" : java.main();
    assertThat(
            main == null
                ? java.archive()
                : java == null ? main : main + " in " + joined(java.classPath()))
        .isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node server.js | server.js",
        "node dist/main.mjs -x | dist/main.mjs",
        "node server | server",
        "node -r dotenv/config --max-old-space-size=64 server.js | server.js",
        "node -r ./a --import=/b.mjs server.js | server.js with ./a /b.mjs",
        "node -e 1 | ?",
        "node --test x | ?",
        "app server.js | ?",
      })
  void nodeIsToldScripts(String command, String told) {
    NodeCommand node = NodeCommand.of(words(command), null);
    String required =
        node == null || node.required().isEmpty() ? "" : " with " + joined(node.required());
    assertThat((node == null ? "?" : node.main()) + required).isEqualTo(told);
  }

  @Test
  void shellsAreToldScripts() {
    assertThat(ShellCommand.script(words("sh /s x"))).containsExactly("/s", "x");
    assertThat(ShellCommand.script(words("/bin/bash -e -o pipefail +x s"))).containsExactly("s");
    assertThat(ShellCommand.script(words("busybox sh /s"))).containsExactly("/s");
    assertThat(ShellCommand.script(words("sh -c /s"))).isNull();
    assertThat(ShellCommand.script(words("sh -s /s"))).isNull();
    assertThat(ShellCommand.script(words("sh"))).isNull();
    assertThat(ShellCommand.script(words("python3 s"))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "exec \"$@\" | app -x",
        "\"$@\" | app -x",
        "exec gosu me:me \"$@\" | gosu me:me app -x",
        "set -euo pipefail;exec $@ | ?",
        "exec $@ | app -x",
        "exec $@ # now | app -x",
        "exec \"$@\" 2>&1 | app -x",
        "exec \"$@\" >/log | ?",
        "exec \"/opt/app\" 'x y' | /opt/app",
        "exec app | app",
      })
  void scriptsHandOnTheirArguments(String text, String started) {
    List<String> words =
        ForwardingScript.started("#!/bin/sh\n" + text + "\n# end\n", words("app -x"));
    assertThat(joined(words)).isEqualTo(started);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo \"it starts\"",
        "set -euo pipefail",
        "set -e -u",
        "umask 022; mkdir -p /data && chown 5 /data || true",
        "if [ -n \"$DEBUG\" ]; then set -x; fi",
        "export HOST=$(hostname) A=1",
        "A=1 B=$(cat /b)",
        "for f in a b; do echo $f; done",
        "case \"$X\" in a|b) echo a ;; *) true;; esac",
        "case $1 in\napp)\n  echo a\n  ;;\nesac",
      })
  void aScriptMayDoOtherThingsBefore(String line) {
    assertThat(ForwardingScript.started(line + "\nexec \"$@\"\n", words("app"))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set -- app2",
        "set app2",
        "shift",
        "export PATH=/opt:$PATH",
        ". /etc/profile",
        "source /etc/profile",
        "cp /a /b",
        "[ \"$1\" = web ] && set -e",
        "[ -e /a ] && exec /a",
        "[ -e /a ] || exit 0",
        "start() {",
        "echo $(apk add app)",
        "echo `apk add app`",
        "echo a \\",
        "cat <<E",
        "/prepare",
        "A=1 /prepare",
        "eval \"$X\"",
        "case $X in",
        "case $X in a) exit ;; esac",
        "case $X in a) set -- b ;; esac",
      })
  void aScriptThatMayChangeWhatIsStartedIsNotJudged(String line) {
    assertThat(ForwardingScript.started(line + "\nexec \"$@\"\n", words("app"))).isNull();
  }

  @Test
  void aScriptWithoutArgumentsHandsOnNone() {
    assertThat(ForwardingScript.started("exec \"$@\"\n", List.of())).isNull();
    assertThat(ForwardingScript.started("exec tini -- \"$@\"\n", List.of())).isNotNull();
  }

  @Test
  void shellsAreToldInManyWays() {
    assertThat(program("bash", "-o", "pipefail", "-c", "app")).isEqualTo("app");
    assertThat(program("bash", "-euxo", "pipefail", "-c", "app")).isEqualTo("app");
    assertThat(program("sh", "-ec", "app")).isEqualTo("app");
    assertThat(program("bash", "--login", "-c", "app")).isEqualTo("app");
    assertThat(program("/bin/busybox", "sh", "-c", "app")).isEqualTo("app");
    assertThat(program("sh", "/app")).isNull();
    assertThat(program("sh", "-c")).isNull();
  }
}
