package dev.slipway.resolve;

import dev.slipway.diagnostic.NearestName;
import dev.slipway.dockerfile.FromInstruction;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Expansion;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.oci.OciException;
import dev.slipway.oci.Platform;
import org.jspecify.annotations.Nullable;

/** FROM lines with their variables replaced: they see the arguments before the first stage. */
final class FromVariables {
  private final GlobalArgs globals;
  private final ShellLex lex;

  FromVariables(GlobalArgs globals, ShellLex lex) {
    this.globals = globals;
    this.lex = lex;
  }

  /** What the stage starts from. */
  String base(FromInstruction from) {
    Word written = from.base();
    Expansion expansion = expand(written);
    if (expansion.value().isEmpty()) {
      throw new ResolveException(
          "base name (" + written.text() + ") should not be blank",
          written.span(),
          mistyped(expansion));
    }
    return expansion.value();
  }

  /**
   * What {@code --platform} says; null where it is not given.
   *
   * @param local what a platform that is named in part is completed with
   */
  @Nullable Platform platform(FromInstruction from, Platform local) {
    Word written = from.platform();
    if (written == null) {
      return null;
    }
    Expansion expansion = expand(written);
    if (expansion.value().isEmpty()) {
      throw new ResolveException(
          "empty platform value from expression " + written.text(),
          written.span(),
          mistyped(expansion));
    }
    try {
      return Platform.parse(expansion.value(), local);
    } catch (OciException e) {
      throw new ResolveException(
          "failed to parse platform '" + written.text() + "': " + e.getMessage(),
          written.span(),
          mistyped(expansion),
          e);
    }
  }

  private Expansion expand(Word word) {
    try {
      return lex.expand(word.text(), globals);
    } catch (ExpansionException e) {
      throw new ResolveException(String.valueOf(e.getMessage()), word.span(), e.hint(), e);
    }
  }

  /** What a variable without a value was perhaps meant to be called; null for no idea. */
  private @Nullable String mistyped(Expansion expansion) {
    for (String name : expansion.unmatched()) {
      String nearest = NearestName.find(name, globals.names());
      if (nearest != null) {
        return "did you mean $" + nearest + "?";
      }
    }
    return null;
  }
}
