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
 * @param text the logical line: continuations joined, comments inside and surrounding blanks left
 *     out, here-documents not in it
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

  /**
   * What the comment says of {@code name}: the rest of the first line that starts with it and a
   * blank, as {@code # build compiles the program} does for {@code build}. Empty for nothing.
   */
  public String commentOn(String name) {
    for (String comment : comments) {
      if (comment.length() > name.length()
          && comment.startsWith(name)
          && comment.charAt(name.length()) == ' ') {
        return comment.substring(name.length() + 1);
      }
    }
    return "";
  }
}
