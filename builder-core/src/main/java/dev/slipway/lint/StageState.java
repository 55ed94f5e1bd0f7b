package dev.slipway.lint;

import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Keyword;
import dev.slipway.dockerfile.Stage;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a stage before one of its instructions. */
final class StageState {
  private final Stage stage;
  private final @Nullable BaseImageFacts base;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Set<String> arguments = new LinkedHashSet<>();
  private final Map<Keyword, Instruction> latest = new EnumMap<>(Keyword.class);
  private @Nullable String os;
  private boolean environmentKnown = true;
  private boolean workdirSet;
  private boolean shellSet;

  private StageState(Stage stage, @Nullable BaseImageFacts base) {
    this.stage = stage;
    this.base = base;
  }

  /**
   * A stage on an image, or on nothing.
   *
   * @param targetOs what is built for, where that is known
   */
  static StageState on(
      Stage stage, @Nullable BaseImageFacts base, boolean scratch, @Nullable String targetOs) {
    StageState state = new StageState(stage, base);
    if (base != null) {
      state.environment.putAll(base.environment());
      state.variables.putAll(base.environment());
      state.shellSet = base.hasShell();
    }
    state.os = base == null ? targetOs : base.platform().os();
    state.environmentKnown = base != null || scratch;
    // Every image has a search path: the builder sets it where the base does not.
    state.environment.putIfAbsent(
        "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    return state;
  }

  /** A stage on what another one left. */
  static StageState on(Stage stage, StageState parent) {
    StageState state = new StageState(stage, null);
    state.environment.putAll(parent.environment);
    // The image's own come first again, whatever ARG made of them.
    state.environment.putAll(parent.variables);
    state.variables.putAll(parent.variables);
    state.arguments.addAll(parent.arguments);
    state.os = parent.os;
    state.environmentKnown = parent.environmentKnown;
    state.workdirSet = parent.workdirSet;
    state.shellSet = parent.shellSet;
    return state;
  }

  Stage stage() {
    return stage;
  }

  /** The image that it starts from, or null where that is not known or there is none. */
  @Nullable BaseImageFacts base() {
    return base;
  }

  /** The variables, those of ARG among them. */
  Map<String, String> environment() {
    return environment;
  }

  /** Sets a variable of the image. */
  void set(String name, String value) {
    environment.put(name, value);
    variables.put(name, value);
  }

  /** False where the base image may have set variables that nobody knows of. */
  boolean isEnvironmentKnown() {
    return environmentKnown;
  }

  /** The names that ARG declared, with a value or without. */
  Set<String> arguments() {
    return arguments;
  }

  /** Whether {@code path} is absolute in this stage; on Windows it may begin with a drive. */
  boolean isAbsolute(String path) {
    if (!"windows".equals(os)) {
      return path.startsWith("/");
    }
    boolean drive = path.length() > 2 && path.charAt(1) == ':';
    return path.startsWith("/", drive ? 2 : 0) || path.startsWith("\\", drive ? 2 : 0);
  }

  boolean isWorkdirSet() {
    return workdirSet;
  }

  boolean isShellSet() {
    return shellSet;
  }

  /** The last instruction of that kind in this stage, or null. */
  @Nullable Instruction latest(Keyword keyword) {
    return latest.get(keyword);
  }

  /** Goes past an instruction. */
  void pass(Instruction instruction) {
    latest.put(instruction.keyword(), instruction);
    workdirSet |= instruction.keyword() == Keyword.WORKDIR;
    shellSet |= instruction.keyword() == Keyword.SHELL;
  }
}
