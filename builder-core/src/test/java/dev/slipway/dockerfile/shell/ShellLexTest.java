package dev.slipway.dockerfile.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellLexTest {
  private static final Map<String, String> VALUES =
      Map.of(
          "x", "value",
          "empty", "",
          "path", "/usr/local/bin/tool.tar.gz",
          "list", "a b  c",
          "dollar", "$x",
          "slash", "a/b/a",
          "star", "a*b?c",
          "lines", "one\ntwo");

  private static final Variables VARIABLES = VALUES::get;
  private final ShellLex lex = new ShellLex('\\');

  private String value(String word) {
    return lex.expand(word, VARIABLES).value();
  }

  @DisplayName("B5-60 every form of expansion")
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "$x ~ value",
        "${x} ~ value",
        "a${x}b ~ avalueb",
        "$x$x ~ valuevalue",
        "$missing ~ ``",
        "${missing:-word} ~ word",
        "${empty:-word} ~ word",
        "${empty-word} ~ ``",
        "${missing-word} ~ word",
        "${x:+word} ~ word",
        "${empty:+word} ~ ``",
        "${empty+word} ~ word",
        "${missing+word} ~ ``",
        "${x:?needed} ~ value",
        "${empty?needed} ~ ``",
        "${missing:-$x} ~ value",
        "${missing:-${empty:-deep}} ~ deep",
        "${missing:-'a b'} ~ a b",
        "${path#*/} ~ usr/local/bin/tool.tar.gz",
        "${path##*/} ~ tool.tar.gz",
        "${path%.*} ~ /usr/local/bin/tool.tar",
        "${path%%.*} ~ /usr/local/bin/tool",
        "${path#nothing} ~ /usr/local/bin/tool.tar.gz",
        "${x%?} ~ valu",
        "${slash/a/x} ~ x/b/a",
        "${slash//a/x} ~ x/b/x",
        "${slash/\\//-} ~ a-b/a",
        "${slash//\\//-} ~ a-b-a",
        "${star#a\\*} ~ b?c",
        "${star/\\?/!} ~ a*b!c",
        "${x/*/all} ~ all",
        "${x//l*/L} ~ vaL",
        "${x//$/} ~ value",
        "${x/a/[$x]} ~ v[value]lue",
        "${missing/a/b} ~ ``",
      })
  void expands(String word, String expected) {
    assertThat(value(word)).isEqualTo(expected);
  }

  @DisplayName("B5-60 everything else in braces is an error")
  @ParameterizedTest
  @ValueSource(
      strings = {"${x:=w}", "${x^}", "${x^^}", "${x,}", "${x:1}", "${x@Q}", "${x:#v}", "${x=w}"})
  void otherModifiersAreErrors(String word) {
    assertThatThrownBy(() -> value(word))
        .isInstanceOf(ExpansionException.class)
        .hasMessageContaining("unsupported modifier");
  }

  @DisplayName("B5-60 positional and special parameters are empty")
  @Test
  void specialParametersAreEmpty() {
    assertThat(value("a$1b$@c$*d$#e$?f$$g$!h$0i$-j")).isEqualTo("abcdefghij");
    assertThat(value("$12x")).isEqualTo("x");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "${x ~ missing '}'",
        "${ ~ missing '}'",
        "${} ~ bad substitution",
        "${{x}} ~ bad substitution",
        "${:x} ~ bad substitution",
        "${x:-w ~ missing '}'",
        "${x/a ~ missing '/' in ${}",
        "${x/a/b ~ missing '}'",
        "'open ~ matching single-quote",
        "\"open ~ matching double-quote",
        "${x#a\\b} ~ invalid escape",
      })
  void malformedWordsAreErrors(String word, String message) {
    assertThatThrownBy(() -> value(word))
        .isInstanceOf(ExpansionException.class)
        .hasMessageStartingWith("failed to process \"")
        .hasMessageContaining(message);
  }

  @Test
  void aMissingVariableCanBeDemanded() {
    assertThatThrownBy(() -> value("${missing:?give me one}"))
        .hasMessageEndingWith("missing: give me one");
    assertThatThrownBy(() -> value("${missing?}"))
        .hasMessageEndingWith("missing: is not allowed to be unset");
    assertThatThrownBy(() -> value("${empty:?}"))
        .hasMessageEndingWith("empty: is not allowed to be empty");
  }

  @DisplayName("B5-59 quotes and escapes")
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "'a $x b' ~ a $x b",
        "\"a $x b\" ~ a value b",
        "\"a\\tb\" ~ a\\tb",
        "a\\tb ~ atb",
        "\"\\\"q\\\" \\$x \\\\\" ~ \"q\" $x \\",
        "\\$x ~ $x",
        "\\'a\\' ~ 'a'",
        "'it''s' ~ its",
        "a\\ b ~ a b",
        "$ ~ $",
        "a$ ~ a$",
        "end\\ ~ end",
      })
  void quotesAndEscapes(String word, String expected) {
    assertThat(value(word)).isEqualTo(expected);
  }

  @Test
  void aBackquoteMayBeTheEscape() {
    ShellLex backquote = new ShellLex('`');
    assertThat(backquote.expand("C:\\dir\\`$x", VARIABLES).value()).isEqualTo("C:\\dir\\$x");
    assertThat(backquote.expand("\"`\"\"", VARIABLES).value()).isEqualTo("\"");
  }

  @Test
  void anExpandedWordSplitsAtBlanksThatAreNotQuoted() {
    assertThat(lex.expand("$list", VARIABLES).words()).containsExactly("a", "b", "c");
    assertThat(lex.expand("\"$list\"", VARIABLES).words()).containsExactly("a b  c");
    assertThat(lex.expand("1 '2 3' 4\\ 5", VARIABLES).words()).containsExactly("1", "2 3", "4 5");
    assertThat(lex.expand("80${missing:-/tcp} 90", VARIABLES).words())
        .containsExactly("80/tcp", "90");
    assertThat(lex.expand("", VARIABLES).words()).isEmpty();
  }

  @Test
  void theVariablesOfAWordAreTold() {
    Expansion expansion = lex.expand("$x ${nope} ${other:-$empty} '$quoted'", VARIABLES);
    assertThat(expansion.used()).containsExactly("x", "empty");
    assertThat(expansion.unmatched()).containsExactly("nope", "other");
  }

  @DisplayName("B5-63 names are case-sensitive")
  @Test
  void namesAreCaseSensitive() {
    assertThat(value("$X${X:-none}")).isEqualTo("none");
  }

  @Test
  void documentsKeepTheirQuotes() {
    assertThat(ShellLex.forDocuments().expand("a \"$x\" 'it's' \\$x\n", VARIABLES).value())
        .isEqualTo("a \"value\" 'it's' $x\n");
  }

  @Test
  void quotesAndUnsetVariablesCanBeKept() {
    ShellLex keeping = lex.keepingQuotes().keepingUnset();
    assertThat(keeping.expand("\"$x\" $nope ${nope:-w}", VARIABLES).value())
        .isEqualTo("\"value\" $nope ${nope:-w}");
  }

  @Test
  void aValueIsNotExpandedAgain() {
    assertThat(value("$dollar")).isEqualTo("$x");
  }

  @Test
  void aPatternDoesNotCrossLines() {
    assertThat(value("${lines##*o}")).isEqualTo("ne\ntwo");
    assertThat(value("${lines//*/X}")).isEqualTo("X\nX");
  }

  @Test
  void aPatternCountsCharactersAndNotHalvesOfThem() {
    Variables faces = name -> "a😀😁";
    assertThat(lex.expand("${v%?}", faces).value()).isEqualTo("a😀");
    assertThat(lex.expand("${v%😁}", faces).value()).isEqualTo("a😀");
    assertThat(lex.expand("${v%%😀*}", faces).value()).isEqualTo("a");
    assertThat(lex.expand("${v#??}", faces).value()).isEqualTo("😁");
    assertThat(lex.expand("${v//?/x}", faces).value()).isEqualTo("xxx");
    assertThat(lex.expand("${v/a?/x}", faces).value()).isEqualTo("x😁");
  }

  @Test
  @Timeout(60)
  void hostileWordsEndInTime() {
    String deep = "${a:-".repeat(100_000);
    assertThatThrownBy(() -> value(deep)).isInstanceOf(ExpansionException.class);
    String many = "a".repeat(20_000);
    Variables hostile = name -> many;
    assertThat(lex.expand("${v##" + "*a".repeat(500) + "b}", hostile).value()).isEqualTo(many);
    assertThat(lex.expand("${v//a*b/x}", hostile).value()).isEqualTo(many);
  }
}
