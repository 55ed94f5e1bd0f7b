package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;

/**
 * A here-document: the lines below an instruction up to a terminator.
 *
 * @param name the terminator, quotes removed
 * @param expand variables in it are for the builder (or the shell) to expand: the terminator was
 *     not quoted
 * @param stripTabs written with {@code <<-}: leading tabs of each line do not belong to it
 * @param rawContent the lines as they are, each with its line break, tabs not yet stripped
 * @param span where the {@code <<NAME} stands
 */
public record Heredoc(
    String name, boolean expand, boolean stripTabs, String rawContent, SourceSpan span) {

  /** The document: with leading tabs removed where it was written with {@code <<-}. */
  public String content() {
    if (!stripTabs) {
      return rawContent;
    }
    StringBuilder out = new StringBuilder(rawContent.length());
    boolean lineStart = true;
    for (int i = 0; i < rawContent.length(); i++) {
      char c = rawContent.charAt(i);
      if (lineStart && c == '\t') {
        continue;
      }
      lineStart = c == '\n';
      out.append(c);
    }
    return out.toString();
  }
}
