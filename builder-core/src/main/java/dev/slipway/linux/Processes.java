package dev.slipway.linux;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Starts programs from the calling thread: they get its namespaces, root, ids and filter. */
public final class Processes {
  public static final int SIGKILL = 9;

  private static final short SET_SIGNAL_DEFAULTS = 0x04;
  private static final short SET_SIGNAL_MASK = 0x08;
  private static final short SET_SESSION = 0x80;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final long ANY_THREADS_CHILD = 0x40000000L;
  private static final long NO_WAIT = 1;
  private static final int OPAQUE_SIZE = 512;
  private static final int SIGNAL_SET_SIZE = 128;
  private static final int KERNEL_SIGNAL_SET_SIZE = 8;
  private static final int SIG_SETMASK = 2;

  private Processes() {}

  /**
   * A program to execute.
   *
   * @param path no {@code PATH} is looked through
   */
  public record Program(byte[] path, List<byte[]> argv, List<byte[]> environment) {
    /** All as UTF-8. */
    public static Program of(String path, List<String> argv, List<String> environment) {
      return new Program(bytes(path), bytes(argv), bytes(environment));
    }

    private static List<byte[]> bytes(List<String> texts) {
      List<byte[]> result = new ArrayList<>(texts.size());
      for (String text : texts) {
        result.add(bytes(text));
      }
      return result;
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * Starts a program with no descriptors but those given, in a session of its own, with every
   * signal as it is by default.
   *
   * @param input for standard input, or below zero for {@code /dev/null}
   * @param more become its descriptors from 3 on
   * @return its process id, as the calling thread's own PID namespace has it
   */
  public static int spawn(Program program, int input, int output, int error, int... more)
      throws LinuxException {
    return spawn(
        program,
        (arguments, actions) -> {
          addInput(arguments, actions, input);
          addOutputs(actions, output, error);
          for (int i = 0; i < more.length; i++) {
            Libc.posix_spawn_file_actions_adddup2(actions, more[i], 3 + i);
          }
        });
  }

  /**
   * The same, but the new process waits before it executes the program until somebody has opened a
   * FIFO for writing. The calling thread waits as long.
   *
   * @param gate the FIFO's path
   */
  public static int spawnBehindGate(Program program, byte[] gate, int output, int error)
      throws LinuxException {
    return spawn(
        program,
        (arguments, actions) -> {
          Libc.posix_spawn_file_actions_addopen(
              actions, 0, arguments.text(gate), Descriptors.READ, 0);
          addInput(arguments, actions, -1);
          addOutputs(actions, output, error);
        });
  }

  /**
   * Executes a program in place of this process, with its standard descriptors and no other;
   * returns only by an exception. The calling thread's ids and privileges become the program's.
   */
  public static void execute(Program program) throws LinuxException {
    Descriptors.closeAllOnExec();
    long size =
        8192L + program.path().length + texts(program.argv()) + texts(program.environment());
    try (CallArguments arguments = new CallArguments(size)) {
      long none = arguments.allocate(SIGNAL_SET_SIZE);
      Libc.call(SystemCall.RT_SIGPROCMASK, SIG_SETMASK, none, 0, KERNEL_SIGNAL_SET_SIZE);
      long result =
          Libc.call(
              SystemCall.EXECVE,
              arguments.text(program.path()),
              arguments.texts(program.argv()),
              arguments.texts(program.environment()));
      Libc.check(result, "execute '" + PathBytes.forPeople(program.path()) + "'");
    }
  }

  @FunctionalInterface
  private interface FileActions {
    void add(CallArguments arguments, long actions);
  }

  private static int spawn(Program program, FileActions fileActions) throws LinuxException {
    Descriptors.closeAllOnExec();
    long size =
        8192L + program.path().length + texts(program.argv()) + texts(program.environment());
    try (CallArguments arguments = new CallArguments(size)) {
      long actions = arguments.allocate(OPAQUE_SIZE);
      long attributes = arguments.allocate(OPAQUE_SIZE);
      Libc.posix_spawn_file_actions_init(actions);
      Libc.posix_spawnattr_init(attributes);
      try {
        fileActions.add(arguments, actions);
        addSignals(arguments, attributes);
        long pid = arguments.allocate(8);
        int errno =
            Libc.posix_spawn(
                pid,
                arguments.text(program.path()),
                actions,
                attributes,
                arguments.texts(program.argv()),
                arguments.texts(program.environment()));
        Libc.check(-errno, "execute '" + PathBytes.forPeople(program.path()) + "'");
        return new Pointer(pid).getInt(0);
      } finally {
        Libc.posix_spawn_file_actions_destroy(actions);
        Libc.posix_spawnattr_destroy(attributes);
      }
    }
  }

  private static long texts(List<byte[]> texts) {
    long total = 32;
    for (byte[] text : texts) {
      total += text.length + 17;
    }
    return total;
  }

  private static void addInput(CallArguments arguments, long actions, int input) {
    if (input < 0) {
      long nothing = arguments.text("/dev/null");
      Libc.posix_spawn_file_actions_addopen(actions, 0, nothing, Descriptors.READ, 0);
    } else {
      Libc.posix_spawn_file_actions_adddup2(actions, input, 0);
    }
  }

  private static void addOutputs(long actions, int output, int error) {
    Libc.posix_spawn_file_actions_adddup2(actions, output, 1);
    Libc.posix_spawn_file_actions_adddup2(actions, error, 2);
  }

  private static void addSignals(CallArguments arguments, long attributes) {
    long all = arguments.allocate(SIGNAL_SET_SIZE);
    new Pointer(all).setMemory(0, SIGNAL_SET_SIZE, (byte) 0xff);
    Libc.posix_spawnattr_setsigdefault(attributes, all);
    Libc.posix_spawnattr_setsigmask(attributes, arguments.allocate(SIGNAL_SET_SIZE));
    short flags = (short) (SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK | SET_SESSION);
    Libc.posix_spawnattr_setflags(attributes, flags);
  }

  /**
   * Waits for a child of this process to end.
   *
   * @return its exit code, or 128 and the number of the signal that ended it
   */
  public static int await(int pid) throws LinuxException {
    try (CallArguments arguments = new CallArguments(16)) {
      long status = arguments.allocate(8);
      long result;
      do {
        result = Libc.call(SystemCall.WAIT4, pid, status, ANY_THREADS_CHILD, 0);
      } while (result == -Errno.EINTR);
      Libc.check(result, "wait for process " + pid);
      int word = new Pointer(status).getInt(0);
      int signal = word & 0x7f;
      return signal == 0 ? (word >> 8) & 0xff : 128 + signal;
    }
  }

  /**
   * Makes this process the parent of all that its descendants leave behind, so that nothing that
   * they start gets out of its sight.
   */
  public static void adoptOrphans() throws LinuxException {
    Libc.check(Libc.call(SystemCall.PRCTL, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "adopt orphans");
  }

  /**
   * Takes note of children of this process that have ended, without waiting.
   *
   * @return whether there are others
   */
  public static boolean hasChildrenAfterReaping() throws LinuxException {
    long result;
    do {
      result = Libc.call(SystemCall.WAIT4, -1, 0, ANY_THREADS_CHILD | NO_WAIT, 0);
    } while (result > 0 || result == -Errno.EINTR);
    if (result == -Errno.ECHILD) {
      return false;
    }
    Libc.check(result, "wait for processes");
    return true;
  }

  public static void kill(int pid, int signal) throws LinuxException {
    Libc.check(Libc.call(SystemCall.KILL, pid, signal), "end process " + pid);
  }

  /**
   * Sets a limit of another process or, as 0, of this one, which is all of its threads.
   *
   * @param resource the kernel's number
   * @param soft -1 for none
   */
  public static void limit(int pid, int resource, long soft, long hard) throws LinuxException {
    try (CallArguments arguments = new CallArguments(32)) {
      long limits = arguments.allocate(16);
      new Pointer(limits).setLong(0, soft);
      new Pointer(limits).setLong(8, hard);
      Libc.check(
          Libc.call(SystemCall.PRLIMIT64, pid, resource, limits, 0), "limit resource " + resource);
    }
  }
}
