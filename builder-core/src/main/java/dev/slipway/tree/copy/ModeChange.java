package dev.slipway.tree.copy;

/** What {@code --chmod} does to a mode. */
public final class ModeChange {
  private ModeChange() {}

  /**
   * Reads an octal mode up to 07777, or a symbolic one as {@code chmod(1)} knows it, with umask 0.
   *
   * @throws CopyException naming the text
   */
  public static ModeChange parse(String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param mode 0 to 07777
   * @param directory whether it is a directory's, which {@code X} wants to know
   */
  public int apply(int mode, boolean directory) {
    throw new UnsupportedOperationException();
  }
}
