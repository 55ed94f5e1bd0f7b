package dev.slipway.parse;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.diagnostic.SourceFile;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.FromInstruction;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Keyword;
import dev.slipway.dockerfile.Stage;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.Blanks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a whole file: joins lines, collects comments and here-documents, and forms stages. */
final class FileReader {
  static final String NO_EMPTY_CONTINUATION = "NoEmptyContinuation";

  private static final List<String> DOCUMENT_KEYWORDS = List.of("ADD", "COPY", "RUN");

  private final SourceFile file;
  private final LineReader lines;
  private final Problems problems = new Problems();
  private final Directives directives;
  private final HeredocReader heredocs;
  private final InstructionReader instructions;
  private List<String> comments = new ArrayList<>();

  private final List<ArgInstruction> globalArgs = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private @Nullable FromInstruction from;
  private List<Instruction> body = new ArrayList<>();
  private boolean anyInstruction;
  private boolean fromFailed;

  FileReader(SourceFile file) {
    this.file = file;
    this.lines = new LineReader(file.text());
    this.directives = new Directives(file, problems);
    this.heredocs = new HeredocReader(file, lines, problems);
    this.instructions = new InstructionReader(problems);
  }

  ParseResult read() {
    while (!problems.isFull() && lines.advance()) {
      if (lines.isComment()) {
        comment();
        continue;
      }
      directives.offer(lines);
      if (lines.contentStart() < lines.end()) {
        instruction();
      }
    }
    endStage();
    if (!anyInstruction) {
      problems.error(
          file.span(0, 0),
          file.text().isEmpty()
              ? "the Dockerfile cannot be empty"
              : "file with no instructions, expected FROM");
    } else if (stages.isEmpty() && problems.count() == 0) {
      problems.error(
          file.span(0, 0), "dockerfile contains no stages to build, expected FROM after ARG");
    }
    Dockerfile dockerfile =
        new Dockerfile(
            file, directives.found(), directives.escape(), globalArgs, stages, problems.warnings());
    return new ParseResult(dockerfile, problems.errors());
  }

  private void comment() {
    if (directives.offer(lines)) {
      return;
    }
    String text = lines.commentText();
    if (text.isEmpty()) {
      comments.clear();
    } else {
      comments.add(text);
    }
  }

  private void instruction() {
    anyInstruction = true;
    LogicalLine line = join();
    InstructionText text = new InstructionText(line, 0, line.text().length(), directives.escape());
    int end = line.sourceEnd();
    if (takesHeredocs(text)) {
      text.attach(heredocs.read(line));
      if (!text.heredocs().isEmpty()) {
        end = lines.end();
      }
    }
    SourceSpan span = file.span(line.sourceStart(), end);
    Instruction instruction = instructions.read(text, span, comments);
    comments = new ArrayList<>();
    if (instruction != null) {
      place(instruction);
    } else if (Keyword.of(text.keyword()) == Keyword.FROM) {
      endStage();
      fromFailed = true;
    }
  }

  private static boolean takesHeredocs(InstructionText text) {
    Keyword keyword = Keyword.of(text.keyword());
    if (keyword == null) {
      // The lines below a mistyped RUN are no instructions either: one message is enough.
      return NearestName.findIgnoringCase(text.keyword(), DOCUMENT_KEYWORDS) != null;
    }
    if (keyword == Keyword.ONBUILD) {
      InstructionText nested = text.nested();
      return Keyword.of(nested.keyword()) != Keyword.ONBUILD && takesHeredocs(nested);
    }
    return (keyword == Keyword.RUN || keyword == Keyword.COPY || keyword == Keyword.ADD)
        && !Arguments.isJson(text);
  }

  /** Joins the current line with those that continue it. */
  private LogicalLine join() {
    LogicalLine.Builder builder = new LogicalLine.Builder(file);
    int mark = continuationMark(lines.contentStart(), lines.end());
    builder.line(lines.start(), lines.end());
    builder.add(lines.contentStart(), mark < 0 ? lines.end() : mark);
    boolean emptyLine = false;
    while (mark >= 0 && lines.advance()) {
      builder.line(lines.start(), lines.end());
      if (lines.isComment()) {
        continue;
      }
      if (lines.contentStart() == lines.end()) {
        emptyLine = true;
        continue;
      }
      mark = continuationMark(lines.start(), lines.end());
      builder.add(lines.start(), mark < 0 ? lines.end() : mark);
    }
    LogicalLine line = builder.build();
    if (emptyLine) {
      problems.warn(
          Diagnostic.warning("Empty continuation line", line.lastLine())
              .withCode(NO_EMPTY_CONTINUATION));
    }
    return line;
  }

  /** Where the escape stands that continues {@code [start, end)}, or -1 where none does. */
  private int continuationMark(int start, int end) {
    String text = file.text();
    int last = end;
    while (last > start && (text.charAt(last - 1) == ' ' || text.charAt(last - 1) == '\t')) {
      last--;
    }
    if (last == start || text.charAt(last - 1) != directives.escape()) {
      return -1;
    }
    // An escaped escape continues nothing.
    return last - 1 > start && text.charAt(last - 2) == directives.escape() ? -1 : last - 1;
  }

  private void place(Instruction instruction) {
    if (instruction instanceof FromInstruction next) {
      endStage();
      fromFailed = false;
      from = next;
    } else if (from != null) {
      body.add(instruction);
    } else if (instruction instanceof ArgInstruction arg && stages.isEmpty() && !fromFailed) {
      globalArgs.add(arg);
    } else if (!fromFailed) {
      problems.error(
          instruction.source().keywordSpan(),
          "no build stage in current context: expected FROM before " + instruction.keyword());
    }
  }

  private void endStage() {
    if (from != null) {
      Word nameWord = from.name();
      String name = nameWord == null ? null : nameWord.text().toLowerCase(Locale.ROOT);
      String description = name == null ? "" : from.source().commentOn(name);
      stages.add(new Stage(stages.size(), name, from, description, body));
      body = new ArrayList<>();
      from = null;
    }
  }

  /** Reads the text of one trigger, which is a single instruction. */
  static @Nullable Instruction readTrigger(SourceFile file, Problems problems) {
    FileReader reader = new FileReader(file);
    Instruction found = null;
    while (reader.lines.advance()) {
      if (reader.lines.isComment() || isBlank(file.text(), reader.lines)) {
        continue;
      }
      if (found != null) {
        problems.error(
            file.span(reader.lines.start(), reader.lines.end()),
            "onbuild trigger should be a single expression");
        return null;
      }
      LogicalLine line = reader.join();
      InstructionText text = new InstructionText(line, 0, line.text().length(), '\\');
      if (takesHeredocs(text)) {
        text.attach(reader.heredocs.read(line));
      }
      SourceSpan span =
          file.span(line.sourceStart(), Math.max(line.sourceEnd(), reader.lines.end()));
      found = reader.instructions.read(text, span, List.of());
    }
    problems.errors().addAll(reader.problems.errors());
    return found;
  }

  private static boolean isBlank(String text, LineReader line) {
    return Blanks.skip(text, line.start(), line.end()) == line.end();
  }
}
