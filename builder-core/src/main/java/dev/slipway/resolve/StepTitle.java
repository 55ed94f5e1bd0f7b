package dev.slipway.resolve;

import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.dockerfile.Instruction;

/** How a step is shown to people. */
final class StepTitle {
  private StepTitle() {}

  /** The instruction as written, in one line, its keyword in upper case. */
  static String of(Instruction instruction) {
    String text = instruction.source().text().strip();
    int end = Math.min(instruction.source().keywordText().length(), text.length());
    StringBuilder title = new StringBuilder(instruction.keyword().name());
    boolean blank = false;
    for (int i = end; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean white = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (!white || !blank) {
        title.append(white ? ' ' : c);
      }
      blank = white;
    }
    return RedactedUrl.everyIn(title.toString());
  }
}
