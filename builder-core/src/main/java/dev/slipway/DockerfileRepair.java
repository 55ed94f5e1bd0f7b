package dev.slipway;

import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Keyword;
import dev.slipway.dockerfile.Stage;
import dev.slipway.parse.DockerfileParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Adds instructions to a Dockerfile; all else in it stays as it is, to the byte. */
final class DockerfileRepair {
  private static final Set<Keyword> CHANGE_FILES =
      Set.of(Keyword.RUN, Keyword.COPY, Keyword.ADD, Keyword.WORKDIR);

  private DockerfileRepair() {}

  /**
   * Adds lines behind the last instruction of a stage that changes its files, and so before those
   * that say how it is started.
   *
   * @param stage its index
   */
  static RepairedDockerfile add(RepairedDockerfile before, int stage, List<String> lines) {
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
        all);
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
