package dev.slipway.cli.options;

/**
 * An option of a command.
 *
 * @param name the long name without its dashes
 * @param letter the short name, or 0
 * @param value what stands for its value in the help text, or empty for a switch
 * @param group the heading it stands under in the help text; empty hides it there
 * @param help one sentence fragment for the help text; for what is refused, why
 */
public record Option(String name, char letter, String value, Kind kind, String group, String help) {

  /** How often an option may be given, and what for. */
  public enum Kind {
    /** On or off; {@code --name=false} turns it off again. */
    SWITCH,
    /** One value; the last one counts. */
    SINGLE,
    /** As {@link #SINGLE}, but the value can be left out, which makes it empty. */
    OPTIONAL,
    /** As many values as wanted, kept in order. */
    REPEATED,
    /** Another builder's, but not ours: refused with the reason, unless it asks for nothing. */
    REFUSED,
    /** A switch for what is always so here: refused with the reason where it is turned off. */
    ALWAYS,
    /** A switch for what there is nothing to do about here: taken, on or off. */
    IDLE
  }

  public static Option toggle(String name, char letter, String group, String help) {
    return new Option(name, letter, "", Kind.SWITCH, group, help);
  }

  public static Option single(String name, char letter, String value, String group, String help) {
    return new Option(name, letter, value, Kind.SINGLE, group, help);
  }

  /** An option whose value, if it has one, stands behind an equals sign. */
  public static Option optional(String name, String value, String group, String help) {
    return new Option(name, (char) 0, value, Kind.OPTIONAL, group, help);
  }

  public static Option repeated(String name, char letter, String value, String group, String help) {
    return new Option(name, letter, value, Kind.REPEATED, group, help);
  }

  /** A switch of other builders that is always on here; {@code reason} is why not off. */
  public static Option always(String name, String reason) {
    return new Option(name, (char) 0, "", Kind.ALWAYS, "", reason);
  }

  /** A switch of other builders that makes no difference here. */
  public static Option idle(String name) {
    return new Option(name, (char) 0, "", Kind.IDLE, "", "");
  }

  /** An option that other builders have with a value, and that is refused here. */
  public static Option refused(String name, String value, String reason) {
    return refused(name, (char) 0, value, reason);
  }

  /** One that docker has a letter for, too. */
  public static Option refused(String name, char letter, String value, String reason) {
    return new Option(name, letter, value, Kind.REFUSED, "", reason);
  }

  /** Whether whoever mistypes an option may mean this one. */
  boolean isOffered() {
    return kind != Kind.REFUSED && kind != Kind.ALWAYS && kind != Kind.IDLE;
  }

  boolean takesValue() {
    return !value.isEmpty() && kind != Kind.OPTIONAL;
  }
}
