package dev.slipway.tree.copy;

import java.util.ArrayList;
import java.util.List;

/** What {@code --chmod} does to a mode. */
public final class ModeChange {
  private static final int ALL = 07777;
  private static final int SET_IDS = 06000;
  private static final int STICKY = 01000;
  private static final int EXECUTE = 0111;
  private static final int DEFAULT_DIRECTORY = 0755;

  /** One thing that is done to a mode. */
  private sealed interface Action {}

  /** Bits taken away, then bits added. */
  private record Change(int clear, int set) implements Action {}

  /** {@code X}: bits added to a directory, and to what somebody could execute before. */
  private record AddExecute(int set) implements Action {}

  /**
   * {@code u}, {@code g} or {@code o} behind an operator: those bits given to others.
   *
   * @param fromShift where the bits are taken: 6, 3 or 0
   * @param to the bits of whom they are for
   */
  private record CopyBits(char operator, int fromShift, int to) implements Action {}

  private final List<Action> actions;
  private final int directoryMode;

  private ModeChange(List<Action> actions, int directoryMode) {
    this.actions = List.copyOf(actions);
    this.directoryMode = directoryMode;
  }

  /**
   * Reads an octal mode up to 07777, or a symbolic one as {@code chmod(1)} knows it, with umask 0.
   *
   * @throws CopyException naming the text
   */
  public static ModeChange parse(String text) {
    if (text.isEmpty()) {
      throw malformed(text);
    }
    if (text.charAt(0) >= '0' && text.charAt(0) <= '9') {
      int mode = octal(text);
      return new ModeChange(List.of(new Change(ALL, mode)), mode & 0777);
    }
    return new ModeChange(new Parser(text).parse(), DEFAULT_DIRECTORY);
  }

  private static int octal(String text) {
    try {
      int mode = Integer.parseInt(text, 8);
      if (mode <= ALL) {
        return mode;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw malformed(text);
  }

  private static CopyException malformed(String text) {
    return new CopyException(
        "invalid chmod parameter: \"" + text + "\"",
        "expected an octal number from 0 to 07777, or a symbolic mode such as u=rwX,go=rX");
  }

  /**
   * @param mode 0 to 07777
   * @param directory whether it is a directory's, which {@code X} wants to know
   */
  public int apply(int mode, boolean directory) {
    int changed = mode;
    for (Action action : actions) {
      if (action instanceof Change change) {
        changed = changed & ~change.clear() | change.set();
      } else if (action instanceof AddExecute add) {
        changed |= directory || (mode & EXECUTE) != 0 ? add.set() : 0;
      } else if (action instanceof CopyBits copy) {
        changed = copyBits(copy, changed);
      }
    }
    return changed;
  }

  private static int copyBits(CopyBits copy, int mode) {
    int bits = mode >> copy.fromShift() & 7;
    int spread = (bits << 6 | bits << 3 | bits) & copy.to();
    return switch (copy.operator()) {
      case '+' -> mode | spread;
      case '-' -> mode & ~spread;
      default -> mode & ~copy.to() | spread;
    };
  }

  /** The mode of directories that the instruction makes on the way: 0755 unless octal. */
  int directoryMode() {
    return directoryMode;
  }

  /** Reads a symbolic mode from left to right. */
  private static final class Parser {
    private final String text;
    private final List<Action> actions = new ArrayList<>();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<Action> parse() {
      while (true) {
        int who = who();
        do {
          operation(who);
        } while (at < text.length() && text.charAt(at) != ',');
        if (at == text.length()) {
          return actions;
        }
        at++;
      }
    }

    /** The bits of those who are named; 0 for nobody, which means all. */
    private int who() {
      int who = 0;
      for (; at < text.length(); at++) {
        switch (text.charAt(at)) {
          case 'a' -> who |= SET_IDS | 0777;
          case 'u' -> who |= 04700;
          case 'g' -> who |= 02070;
          case 'o' -> who |= 0007;
          default -> {
            return who;
          }
        }
      }
      throw malformed(text);
    }

    private void operation(int named) {
      char operator = text.charAt(at++);
      if (operator != '+' && operator != '-' && operator != '=') {
        throw malformed(text);
      }
      int who = named;
      int set = 0;
      int execute = 0;
      List<Action> copies = new ArrayList<>();
      loop:
      for (; at < text.length(); at++) {
        switch (text.charAt(at)) {
          case 'r' -> set |= 0444;
          case 'w' -> set |= 0222;
          case 'x' -> set |= EXECUTE;
          case 'X' -> {
            set |= operator == '-' ? EXECUTE : 0;
            execute = operator == '-' ? 0 : EXECUTE;
          }
          case 's' -> set |= who == 0 || (who & ~0007) != 0 ? SET_IDS : 0;
          case 't' -> {
            if (who == 0 || (who & ~0007) != 0) {
              who |= who == 0 ? 0 : STICKY;
              set |= STICKY;
            }
          }
          case 'u' -> copies.add(new CopyBits(operator, 6, 0777 & whoOrAll(who)));
          case 'g' -> copies.add(new CopyBits(operator, 3, 0777 & whoOrAll(who)));
          case 'o' -> copies.add(new CopyBits(operator, 0, 0777 & whoOrAll(who)));
          default -> {
            break loop;
          }
        }
      }
      add(operator, who, set, execute, copies);
    }

    private static int whoOrAll(int who) {
      return who == 0 ? ALL : who;
    }

    private void add(char operator, int who, int set, int execute, List<Action> copies) {
      int bits = set & whoOrAll(who);
      if (operator == '-') {
        actions.add(new Change(bits, 0));
      } else {
        boolean clears = operator == '=' && copies.isEmpty();
        actions.add(new Change(clears ? who == 0 ? ALL & ~STICKY : who : 0, bits));
      }
      if (execute != 0) {
        actions.add(new AddExecute(execute & whoOrAll(who)));
      }
      actions.addAll(copies);
    }
  }
}
