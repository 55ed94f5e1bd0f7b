package dev.slipway.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionTableTest {
  private final OptionTable table =
      new OptionTable(
          List.of(
              Option.single("file", 'f', "FILE", "g", "h"),
              Option.repeated("tag", 't', "NAME", "g", "h"),
              Option.optional("fix", "FILE", "g", "h"),
              Option.toggle("quiet", 'q', "g", "h"),
              Option.toggle("pull", 'p', "g", "h"),
              Option.refused("sbom", "VALUE", "not made"),
              Option.always("layers", "always made"),
              Option.idle("rm")));

  private Arguments read(String... words) {
    return table.read(List.of(words));
  }

  @Test
  void aValueMayFollowOrBeJoined() {
    assertThat(read("--file", "a").last("file")).isEqualTo("a");
    assertThat(read("--file=a=b").last("file")).isEqualTo("a=b");
    assertThat(read("-f", "a").last("file")).isEqualTo("a");
    assertThat(read("-fa").last("file")).isEqualTo("a");
    assertThat(read("-f=a").last("file")).isEqualTo("a");
    assertThat(read("--file=").last("file")).isEmpty();
  }

  @Test
  void anOptionalValueIsJoinedOrLeftOut() {
    Arguments arguments = read("--fix", "a");
    assertThat(arguments.last("fix")).isEmpty();
    assertThat(arguments.operands()).containsExactly("a");
    assertThat(read("--fix=a").last("fix")).isEqualTo("a");
    assertThat(read().last("fix")).isNull();
  }

  @Test
  void aLoneDashIsAValueAndAnOperand() {
    Arguments arguments = read("-f", "-", "-");
    assertThat(arguments.last("file")).isEqualTo("-");
    assertThat(arguments.operands()).containsExactly("-");
  }

  @Test
  void theLastOfASingleOptionCountsAndARepeatedOneKeepsAll() {
    Arguments arguments = read("-f", "a", "-t", "x", "--file", "b", "--tag=y");
    assertThat(arguments.last("file")).isEqualTo("b");
    assertThat(arguments.all("tag")).containsExactly("x", "y");
  }

  @Test
  void switchesBundleAndTurnOff() {
    assertThat(read("-qp").isOn("pull")).isTrue();
    assertThat(read("-qpfx").last("file")).isEqualTo("x");
    assertThat(read("--quiet", "--quiet=false").isOn("quiet")).isFalse();
    assertThat(read("--quiet=1").isOn("quiet")).isTrue();
    assertThat(read().isOn("quiet")).isFalse();
  }

  @Test
  void optionsMayFollowOperandsUntilTheDoubleDash() {
    Arguments arguments = read(".", "-q", "--", "--file");
    assertThat(arguments.operands()).containsExactly(".", "--file");
    assertThat(arguments.isOn("quiet")).isTrue();
  }

  @Test
  void anUnknownOptionNamesTheOneThatWasMeant() {
    assertThatThrownBy(() -> read("--fiel", "x"))
        .isInstanceOf(UsageException.class)
        .hasMessage("unknown option \"--fiel\"")
        .extracting(e -> ((UsageException) e).hint())
        .isEqualTo("did you mean \"--file\"?");
  }

  @Test
  void whatIsWrongWithAValueIsSaid() {
    assertThatThrownBy(() -> read("--file")).hasMessage("--file wants a value: --file FILE");
    assertThatThrownBy(() -> read("--quiet=maybe"))
        .hasMessage("--quiet is \"true\" or \"false\", not \"maybe\"");
    assertThatThrownBy(() -> read("-qz")).hasMessage("unknown option \"-z\" in \"-qz\"");
  }

  @Test
  void aRefusedOptionIsRefusedByNameUnlessItAsksForNothing() {
    assertThatThrownBy(() -> read("--sbom=true")).hasMessage("--sbom is not supported: not made");
    assertThat(read("--sbom=false", ".").operands()).containsExactly(".");
  }

  @Test
  void aNumberIsChecked() {
    assertThat(read("--file=3").number("file", 1, 0)).isEqualTo(3);
    assertThat(read().number("file", 1, 7)).isEqualTo(7);
    assertThatThrownBy(() -> read("--file=0").number("file", 1, 0))
        .hasMessage("--file wants a whole number of at least 1, not \"0\"");
  }

  @Test
  void askingForAnOptionThatIsNotInTheTableIsAMistake() {
    assertThatThrownBy(() -> read().last("fiel")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSwitchForWhatIsAlwaysSoCannotBeTurnedOff() {
    assertThat(read("--layers", "--layers=true", "x").operands()).containsExactly("x");
    assertThatThrownBy(() -> read("--layers=0"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--layers=0 is not supported: always made");
  }

  @Test
  void anIdleSwitchIsTakenEitherWay() {
    assertThat(read("--rm", "--rm=false", "x").operands()).containsExactly("x");
    assertThatThrownBy(() -> read("--rm=maybe")).isInstanceOf(UsageException.class);
  }

  @Test
  void nothingThatIsRefusedIsOffered() {
    assertThatThrownBy(() -> read("--sbon"))
        .isInstanceOfSatisfying(
            UsageException.class, e -> assertThat(e.hint()).isEqualTo("--help lists the options"));
    assertThatThrownBy(() -> read("--fil"))
        .isInstanceOfSatisfying(
            UsageException.class, e -> assertThat(e.hint()).isEqualTo("did you mean \"--file\"?"));
  }
}
