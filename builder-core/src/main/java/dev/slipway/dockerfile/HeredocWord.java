package dev.slipway.dockerfile;

/** Recognises {@code <<NAME} as one word. */
final class HeredocWord {
  private HeredocWord() {}

  static boolean is(String text) {
    return text.startsWith("<<");
  }
}
