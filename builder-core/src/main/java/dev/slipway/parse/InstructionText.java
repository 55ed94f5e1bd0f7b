package dev.slipway.parse;

import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Flag;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Blanks;
import java.util.ArrayList;
import java.util.List;

/**
 * An instruction taken apart into keyword, flags and arguments, before it is known whether they
 * make sense.
 */
final class InstructionText {
  private final LogicalLine line;
  private final char escape;
  private final int keywordStart;
  private final int keywordEnd;
  private final List<Flag> flags = new ArrayList<>();
  private final int argumentsStart;
  private final int argumentsEnd;
  private List<Heredoc> heredocs = List.of();

  /** Takes {@code [from, to)} of {@code line} apart. */
  InstructionText(LogicalLine line, int from, int to, char escape) {
    this.line = line;
    this.escape = escape;
    String text = line.text();
    keywordStart = Blanks.skip(text, from, to);
    argumentsEnd = Blanks.trimEnd(text, keywordStart, to);
    int end = keywordStart;
    while (end < argumentsEnd && !Words.isSeparator(text.charAt(end))) {
      end++;
    }
    keywordEnd = end;
    argumentsStart =
        Blanks.skip(text, new FlagScanner(line, end, argumentsEnd).scan(flags), argumentsEnd);
  }

  private final class FlagScanner {
    private final String text;
    private final int end;
    private int position;

    FlagScanner(LogicalLine line, int start, int end) {
      this.text = line.text();
      this.position = start;
      this.end = end;
    }

    /** Reads the leading words that start with two dashes; the offset of what follows. */
    int scan(List<Flag> found) {
      while (true) {
        position = Blanks.skip(text, position, end);
        if (!text.startsWith("--", position) || position + 2 > end) {
          return position;
        }
        int start = position;
        String word = word();
        if (word.equals("--")) {
          return position;
        }
        found.add(flag(word, start, position));
      }
    }

    /** A word with quotes and escapes removed. */
    private String word() {
      StringBuilder out = new StringBuilder();
      char quote = 0;
      while (position < end) {
        char c = text.charAt(position);
        if (quote == 0 && Blanks.isBlank(c)) {
          break;
        }
        position++;
        if (quote == 0 ? c == '\'' || c == '"' : c == quote) {
          quote = quote == 0 ? c : 0;
        } else if (c != escape) {
          out.append(c);
        } else if (position < end) {
          out.append(text.charAt(position++));
        }
      }
      return out.toString();
    }

    private Flag flag(String word, int start, int wordEnd) {
      SourceSpan span = line.span(start, wordEnd);
      int equals = word.indexOf('=');
      if (equals < 0) {
        return new Flag(word.substring(2), null, span);
      }
      int valueStart = Math.min(wordEnd, text.indexOf('=', start) + 1);
      Word value = new Word(word.substring(equals + 1), line.span(valueStart, wordEnd));
      return new Flag(word.substring(2, equals), value, span);
    }
  }

  LogicalLine line() {
    return line;
  }

  /** The arguments as an instruction of their own, with the same here-documents. */
  InstructionText nested() {
    InstructionText nested = new InstructionText(line, argumentsStart, argumentsEnd, escape);
    nested.attach(heredocs);
    return nested;
  }

  /** From keyword to last argument. */
  String trimmed() {
    return line.text().substring(keywordStart, argumentsEnd);
  }

  /** From the keyword to the end of the line, blanks and all. */
  String untrimmed() {
    return line.text().substring(keywordStart);
  }

  char escape() {
    return escape;
  }

  String keyword() {
    return line.text().substring(keywordStart, keywordEnd);
  }

  SourceSpan keywordSpan() {
    return line.span(keywordStart, keywordEnd);
  }

  List<Flag> flags() {
    return flags;
  }

  List<Heredoc> heredocs() {
    return heredocs;
  }

  void attach(List<Heredoc> documents) {
    heredocs = documents;
  }

  int argumentsStart() {
    return argumentsStart;
  }

  int argumentsEnd() {
    return argumentsEnd;
  }

  boolean hasArguments() {
    return argumentsStart < argumentsEnd;
  }

  /** The arguments as they are. */
  String arguments() {
    return line.text().substring(argumentsStart, argumentsEnd);
  }

  SourceSpan argumentsSpan() {
    return hasArguments() ? line.span(argumentsStart, argumentsEnd) : keywordSpan();
  }
}
