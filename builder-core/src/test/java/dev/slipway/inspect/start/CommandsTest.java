package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
        "-i app | ?",
        "- app | ?",
        "PATH=/opt app | ?",
        "PATH=/opt /opt/app | /opt/app",
        "-C /data app | ?",
        "A=1 | ?",
      })
  void envStarts(String arguments, String started) {
    assertThat(joined(EnvCommand.started(words(arguments)))).isEqualTo(started);
  }

  @Test
  void envSplitsWhatItIsTold() {
    assertThat(EnvCommand.started(List.of("-S app -x", "/s"))).containsExactly("app", "-x", "/s");
    assertThat(EnvCommand.started(List.of("-Sapp -x"))).containsExactly("app", "-x");
    assertThat(EnvCommand.started(List.of("-S -u HOME A=1 app"))).containsExactly("app");
    assertThat(EnvCommand.started(List.of("-vS app"))).containsExactly("app");
    assertThat(EnvCommand.started(List.of("-iS app"))).isNull();
    assertThat(EnvCommand.started(List.of("-iS/bin/app"))).containsExactly("/bin/app");
    assertThat(EnvCommand.started(List.of("--split-string=app -x"))).containsExactly("app", "-x");
    assertThat(EnvCommand.started(List.of("-S \"my app\""))).isNull();
    assertThat(EnvCommand.started(List.of("-S ${APP}"))).isNull();
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
    Launcher launched = Launcher.of(words(command));
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
    String program = ShellCommand.program(List.of("/bin/sh", "-c", line));
    assertThat(program == null ? "?" : program).isEqualTo(test.substring(bar + 3));
  }

  @Test
  void shellsAreToldInManyWays() {
    assertThat(ShellCommand.program(List.of("bash", "-o", "pipefail", "-c", "app")))
        .isEqualTo("app");
    assertThat(ShellCommand.program(List.of("bash", "-euxo", "pipefail", "-c", "app")))
        .isEqualTo("app");
    assertThat(ShellCommand.program(List.of("sh", "-ec", "app"))).isEqualTo("app");
    assertThat(ShellCommand.program(List.of("bash", "--login", "-c", "app"))).isEqualTo("app");
    assertThat(ShellCommand.program(List.of("/bin/busybox", "sh", "-c", "app"))).isEqualTo("app");
    assertThat(ShellCommand.program(List.of("sh", "/app"))).isNull();
    assertThat(ShellCommand.program(List.of("sh", "-c"))).isNull();
  }
}
