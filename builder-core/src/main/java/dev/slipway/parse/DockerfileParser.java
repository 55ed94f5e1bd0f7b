package dev.slipway.parse;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.SourceFile;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Keyword;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses Dockerfiles, in time proportional to their length. Stateless: one call has nothing to do
 * with another. It takes what BuildKit takes and refuses what BuildKit refuses, but for lines of
 * any length, which it takes, and triggers of ONBUILD, which it reads when they are written.
 */
public final class DockerfileParser {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final int BEGINNING = 256;

  private DockerfileParser() {}

  /**
   * Parses {@code bytes} as UTF-8, with or without a byte order mark.
   *
   * @param name the file's name for messages
   * @throws DiagnosticsException with every syntax error, and the warnings found beside them
   */
  public static Dockerfile parse(String name, byte[] bytes) {
    return read(name, bytes).orThrow();
  }

  /**
   * Parses the text of {@code file}.
   *
   * @throws DiagnosticsException with every syntax error, and the warnings found beside them
   */
  public static Dockerfile parse(SourceFile file) {
    return read(file).orThrow();
  }

  /** As {@link #parse(String, byte[])}, with what could be read beside the errors. */
  public static ParseResult read(String name, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return read(new SourceFile(name, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
  }

  /** As {@link #parse(SourceFile)}, with what could be read beside the errors. */
  public static ParseResult read(SourceFile file) {
    ParseResult read = new FileReader(file).read();
    return read.errors().isEmpty() || !isBinary(file.text())
        ? read
        : new ParseResult(read.dockerfile(), List.of(binary(file)));
  }

  private static boolean isBinary(String text) {
    return text.substring(0, Math.min(text.length(), BEGINNING)).indexOf('\0') >= 0;
  }

  /** In place of an error for every line of it. */
  private static Diagnostic binary(SourceFile file) {
    boolean wide =
        file.text()
            .matches("(?s)[^\\w#\\x00]{0,2}(?:[\\w#]\\x00[\\w ]\\x00|\\x00[\\w#]\\x00[\\w ]).*");
    return Diagnostic.error("the Dockerfile is no text in UTF-8", file.span(0, 0))
        .withHint(
            wide
                ? "it looks like UTF-16, which PowerShell's > writes: save it as UTF-8"
                : "expected the text of a Dockerfile; a context is a directory, or a tar archive");
  }

  /**
   * Parses triggers that an image config carries: one instruction each, without ONBUILD.
   *
   * @param name what to call the text in messages, as {@code ONBUILD of image:tag}
   * @throws DiagnosticsException if one is no single instruction, or is FROM
   */
  public static List<Instruction> parseTriggers(String name, List<String> triggers) {
    Problems problems = new Problems();
    List<Instruction> instructions = new ArrayList<>(triggers.size());
    for (String trigger : triggers) {
      SourceFile file = new SourceFile(name, trigger);
      Instruction instruction = FileReader.readTrigger(file, problems);
      if (instruction == null) {
        if (problems.count() == 0) {
          problems.error(file.span(0, 0), "onbuild trigger should be a single expression");
        }
        continue;
      }
      if (instruction.keyword() == Keyword.FROM) {
        problems.error(
            instruction.source().keywordSpan(), "FROM isn't allowed as an ONBUILD trigger");
      }
      instructions.add(instruction);
    }
    if (problems.count() > 0) {
      throw new DiagnosticsException(problems.errors());
    }
    return instructions;
  }
}
