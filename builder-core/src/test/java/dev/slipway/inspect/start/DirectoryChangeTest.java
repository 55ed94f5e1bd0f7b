package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryChangeTest {
  @ParameterizedTest
  @CsvSource({
    "cd /app && ./x -y, /app, ./x -y",
    "cd app&&exec x, app, exec x",
  })
  void aLineMayBeginWithIt(String line, String directory, String rest) {
    assertThat(DirectoryChange.ofLine(line)).isEqualTo(new DirectoryChange(directory, rest, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cd /app; ./x", "cd \"$X\" && ./x", "cd - && x", "cd ~/x && y", "cd && y", "cdx"})
  void whatIsNotPlainIsNone(String line) {
    assertThat(DirectoryChange.ofLine(line)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'cd /app\nexec x', false",
    "'set -e\ncd /app\nexec x', true",
    "'set -u -e\ncd /app\nexec x', true",
    "'#!/bin/sh -e\ncd /app\nexec x', true",
    "'set -u\ncd /app\nexec x', false",
    "'cd /app && exec x', true",
  })
  void aScriptMayEndWithoutTheDirectory(String script, boolean ends) {
    DirectoryChange change = DirectoryChange.ofScript(script.replace("\\n", "\n"));
    assertThat(change).isNotNull();
    assertThat(change.directory()).isEqualTo("/app");
    assertThat(change.ends()).isEqualTo(ends);
    assertThat(change.rest()).endsWith("exec x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"if x; then\ncd /app\nfi\ny", "f() {\ncd /app\n}\ny", "  cd /app\ny"})
  void whatMayNotBeRunCountsForNothing(String script) {
    assertThat(DirectoryChange.ofScript(script)).isNull();
  }
}
