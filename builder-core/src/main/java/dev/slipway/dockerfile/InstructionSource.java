package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every instruction remembers of the text it came from.
 *
 * @param keyword which instruction
 * @param keywordText the keyword as written, as {@code copy}
 * @param keywordSpan where the keyword stands
 * @param span the whole instruction with its continuation lines and here-documents
 * @param text the logical line: continuations joined, comments inside left out, surrounding blanks
 *     kept as they are, here-documents not in it
 * @param flags in their order
 * @param comments the lines of the comment directly above, without {@code #} and surrounding blanks
 */
public record InstructionSource(
    Keyword keyword,
    String keywordText,
    SourceSpan keywordSpan,
    SourceSpan span,
    String text,
    List<Flag> flags,
    List<String> comments) {
  public InstructionSource {
    flags = List.copyOf(flags);
    comments = List.copyOf(comments);
  }

  /** The last flag of that name, or null. */
  public @Nullable Flag flag(String name) {
    Flag found = null;
    for (Flag flag : flags) {
      if (flag.name().equals(name)) {
        found = flag;
      }
    }
    return found;
  }
}
