package dev.slipway.session.findings;

import dev.slipway.RepairedDockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Keyword;
import dev.slipway.dockerfile.Stage;
import dev.slipway.parse.DockerfileParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds instructions to a Dockerfile; all else in it stays as it is, to the byte. */
public final class DockerfileRepair {
  private static final Set<Keyword> CHANGE_FILES =
      Set.of(Keyword.RUN, Keyword.COPY, Keyword.ADD, Keyword.WORKDIR);

  private static final Pattern COPY =
      Pattern.compile("\\s*(?:COPY|ADD)(?=\\s)", Pattern.CASE_INSENSITIVE);
  private static final Pattern MODE = Pattern.compile("--chmod=([0-7]{3,4})(?=\\s)");

  private DockerfileRepair() {}

  /**
   * Adds lines behind the last instruction of a stage that changes its files, and so before those
   * that say how it is started.
   *
   * @param stage its index
   */
  public static RepairedDockerfile add(RepairedDockerfile before, int stage, List<String> lines) {
    byte[] text = before.bytes();
    Stage target = DockerfileParser.parse(before.name(), text).stages().get(stage);
    int after = target.from().span().endLine();
    for (Instruction instruction : target.instructions()) {
      if (CHANGE_FILES.contains(instruction.keyword())) {
        after = instruction.span().endLine();
      }
    }
    int at = startOfLine(text, after + 1);
    // A last line may lack its end.
    boolean open = at > 0 && text[at - 1] != '\n';
    String newline = usesCarriageReturns(text) ? "\r\n" : "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 256);
    out.write(text, 0, at);
    if (open) {
      out.writeBytes(newline.getBytes(StandardCharsets.US_ASCII));
    }
    for (int i = 0; i < lines.size(); i++) {
      boolean last = open && i == lines.size() - 1;
      out.writeBytes((lines.get(i) + (last ? "" : newline)).getBytes(StandardCharsets.UTF_8));
    }
    out.write(text, at, text.length - at);
    List<String> all = new ArrayList<>(before.lines());
    all.addAll(lines);
    return new RepairedDockerfile(
        before.name(),
        out.toByteArray(),
        before.lines().isEmpty() ? after + 1 : before.line(),
        all,
        before.changed());
  }

  /** Whether a text begins as an instruction whose files can be given a mode. */
  static boolean isCopy(String text) {
    return COPY.matcher(text).lookingAt();
  }

  /** The first line of a COPY or ADD with a mode that lets its file be executed. */
  static String withMode(String line) {
    Matcher mode = MODE.matcher(line);
    if (mode.find()) {
      int executable = Integer.parseInt(mode.group(1), 8) | 0111;
      return mode.replaceFirst("--chmod=" + Integer.toOctalString(executable));
    }
    Matcher copy = COPY.matcher(line);
    return copy.lookingAt() ? copy.group() + " --chmod=755" + line.substring(copy.end()) : line;
  }

  /**
   * Lets the file that a COPY or ADD copies be executed.
   *
   * @param line of the instruction, from 1
   */
  public static RepairedDockerfile setMode(RepairedDockerfile before, int line) {
    byte[] text = before.bytes();
    int start = startOfLine(text, line);
    int end = startOfLine(text, line + 1);
    // Every byte is a character in this encoding, so that none is lost.
    String old = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    String changed = withMode(old);
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 16);
    out.write(text, 0, start);
    out.writeBytes(changed.getBytes(StandardCharsets.ISO_8859_1));
    out.write(text, end, text.length - end);
    byte[] bytes = out.toByteArray();
    String shown =
        new String(changed.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    List<RepairedDockerfile.ChangedLine> all = new ArrayList<>(before.changed());
    all.add(new RepairedDockerfile.ChangedLine(line, shown.strip()));
    return new RepairedDockerfile(before.name(), bytes, before.line(), before.lines(), all);
  }

  /** The offset of a line, or of the end where there are fewer. */
  private static int startOfLine(byte[] text, int line) {
    int at = 0;
    for (int number = 1; number < line; number++) {
      while (at < text.length && text[at] != '\n') {
        at++;
      }
      at = Math.min(at + 1, text.length);
    }
    return at;
  }

  private static boolean usesCarriageReturns(byte[] text) {
    for (int i = 1; i < text.length; i++) {
      if (text[i] == '\n') {
        return text[i - 1] == '\r';
      }
    }
    return false;
  }
}
