package dev.slipway.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class CommaSeparatedTest {
  @Test
  void quotesKeepACommaInAField() {
    assertThat(CommaSeparated.pairs("o", "type=oci,\"dest=a,b.tar\",x=1"))
        .containsExactly(entry("type", "oci"), entry("dest", "a,b.tar"), entry("x", "1"));
    assertThat(CommaSeparated.fields("o", "\"say \"\"a\"\"\",b")).containsExactly("say \"a\"", "b");
  }

  @Test
  void keysAreLowerCaseAndValuesKeepTheirSpaces() {
    assertThat(CommaSeparated.pairs("o", "Type=oci,dest= a ")).containsEntry("dest", " a ");
  }

  @Test
  void anEmptyTextIsOneEmptyField() {
    assertThat(CommaSeparated.fields("o", "")).containsExactly("");
  }

  @Test
  void whatIsNoPairIsRefused() {
    assertThatThrownBy(() -> CommaSeparated.pairs("secret", "id"))
        .hasMessage("--secret: expected key=value, found \"id\"");
    assertThatThrownBy(() -> CommaSeparated.pairs("secret", "id=a,id=b"))
        .hasMessage("--secret: \"id\" is given twice");
    assertThatThrownBy(() -> CommaSeparated.fields("o", "\"a")).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> CommaSeparated.fields("o", "a\"b\""))
        .isInstanceOf(UsageException.class);
  }
}
