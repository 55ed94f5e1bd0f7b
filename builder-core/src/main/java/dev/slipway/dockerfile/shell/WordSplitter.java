package dev.slipway.dockerfile.shell;

import java.util.ArrayList;
import java.util.List;

/** Collects what a word expands to, split at blanks that were not quoted. */
final class WordSplitter {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();

  /** A character that ends a word where it is a blank. */
  void add(char c) {
    if (!Blanks.isBlank(c)) {
      word.append(c);
    } else if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  void addAll(String text) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
  }

  /** Quoted or escaped text, whose blanks do not end a word. */
  void addQuoted(String text) {
    word.append(text);
  }

  void addQuoted(char c) {
    word.append(c);
  }

  List<String> finish() {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
    return words;
  }
}
