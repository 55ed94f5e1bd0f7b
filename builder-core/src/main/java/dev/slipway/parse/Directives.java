package dev.slipway.parse;

import dev.slipway.diagnostic.SourceFile;
import dev.slipway.dockerfile.Directive;
import dev.slipway.dockerfile.shell.Blanks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads parser directives, comments of the form {@code # name=value} at the very top of a file. The
 * first line that is none ends them; each may be given once.
 */
final class Directives {
  private final SourceFile file;
  private final Problems problems;
  private final List<Directive> found = new ArrayList<>();
  private char escape = '\\';
  private boolean over;

  Directives(SourceFile file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  List<Directive> found() {
    return found;
  }

  char escape() {
    return escape;
  }

  /** Offers the next line of the file; whether it is a directive. */
  boolean offer(LineReader line) {
    if (over) {
      return false;
    }
    Directive directive = read(line.contentStart(), line.end());
    if (directive == null) {
      over = !(line.start() == 0 && file.text().startsWith("#!"));
      return false;
    }
    for (Directive earlier : found) {
      if (earlier.name() == directive.name()) {
        problems.error(
            directive.span(),
            "only one "
                + directive.name().name().toLowerCase(Locale.ROOT)
                + " parser directive can be used",
            "the first is on line " + earlier.span().line());
        return true;
      }
    }
    found.add(directive);
    if (directive.name() == Directive.Name.ESCAPE) {
      if (directive.value().equals("`") || directive.value().equals("\\")) {
        escape = directive.value().charAt(0);
      } else {
        problems.error(
            directive.span(),
            "invalid escape token '" + directive.value() + "' does not match ` or \\");
      }
    }
    return true;
  }

  private @Nullable Directive read(int start, int end) {
    String text = file.text();
    if (start >= end || text.charAt(start) != '#') {
      return null;
    }
    int nameStart = Blanks.skip(text, start + 1, end);
    int nameEnd = nameStart;
    while (nameEnd < end && isNameCharacter(text.charAt(nameEnd))) {
      nameEnd++;
    }
    int equals = Blanks.skip(text, nameEnd, end);
    if (equals >= end || text.charAt(equals) != '=') {
      return null;
    }
    Directive.Name name = name(text.substring(nameStart, nameEnd));
    int valueStart = Blanks.skip(text, equals + 1, end);
    int valueEnd = Blanks.trimEnd(text, valueStart, end);
    if (name == null || valueStart >= valueEnd) {
      return null;
    }
    return new Directive(
        name, text.substring(valueStart, valueEnd), file.span(valueStart, valueEnd));
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static Directive.@Nullable Name name(String text) {
    for (Directive.Name name : Directive.Name.values()) {
      if (name.name().equalsIgnoreCase(text)) {
        return name;
      }
    }
    return null;
  }
}
