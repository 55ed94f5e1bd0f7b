package dev.slipway.parse;

import dev.slipway.diagnostic.SourceFile;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.shell.ExpansionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the here-documents that stand below an instruction. */
final class HeredocReader {
  private final SourceFile file;
  private final LineReader lines;
  private final Problems problems;

  HeredocReader(SourceFile file, LineReader lines, Problems problems) {
    this.file = file;
    this.lines = lines;
    this.problems = problems;
  }

  /**
   * Reads those that {@code line} opens; the reader of lines is left on the last terminator. After
   * one without a terminator nothing of the file is left.
   */
  List<Heredoc> read(LogicalLine line) {
    List<HeredocWords.Opening> openings;
    try {
      openings = HeredocWords.inLine(line.text());
    } catch (ExpansionException e) {
      problems.error(line.span(0, line.text().length()), String.valueOf(e.getMessage()));
      return List.of();
    }
    List<Heredoc> documents = new ArrayList<>(openings.size());
    int searchFrom = 0;
    for (HeredocWords.Opening opening : openings) {
      int at = Math.max(0, line.text().indexOf("<<", searchFrom));
      searchFrom = at + 2;
      int end = at + 2;
      while (end < line.text().length() && !Words.isSeparator(line.text().charAt(end))) {
        end++;
      }
      SourceSpan span = line.span(at, end);
      String content = content(opening);
      if (content == null) {
        reportUnterminated(opening, span);
        return documents;
      }
      documents.add(
          new Heredoc(opening.name(), opening.expand(), opening.stripTabs(), content, span));
    }
    return documents;
  }

  /** The lines up to the terminator, or null where there is none. */
  private @Nullable String content(HeredocWords.Opening opening) {
    int start = lines.next();
    while (lines.advance()) {
      if (isTerminator(opening)) {
        return file.text().substring(start, lines.start());
      }
    }
    return null;
  }

  private void reportUnterminated(HeredocWords.Opening opening, SourceSpan span) {
    problems.error(
        span,
        "unterminated heredoc: expected a line \"" + opening.name() + "\", found the end of file",
        "the terminator stands alone on its line"
            + (opening.stripTabs() ? ", after nothing but tabs" : ", without blanks around it"));
  }

  private boolean isTerminator(HeredocWords.Opening opening) {
    String text = file.text();
    int from = lines.start();
    if (opening.stripTabs()) {
      while (from < lines.end() && text.charAt(from) == '\t') {
        from++;
      }
    }
    String name = opening.name();
    return lines.end() - from == name.length() && text.startsWith(name, from);
  }
}
