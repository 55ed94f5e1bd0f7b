package dev.slipway.sandbox.filter;

import java.util.Arrays;

/**
 * A classic BPF program that refuses what {@link DeniedCall} lists, whichever of the kernel's
 * tables a process calls through. New namespaces are refused too, and {@code clone3} is said not to
 * exist, as its flags are out of a filter's sight: the C libraries then use {@code clone}.
 */
public final class SystemCallFilter {
  private static final int LOAD = 0x20;
  private static final int JUMP = 0x05;
  private static final int EQUAL = 0x15;
  private static final int GREATER_OR_EQUAL = 0x35;
  private static final int ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  private static final int NUMBER_OFFSET = 0;
  private static final int ARCHITECTURE_OFFSET = 4;
  private static final int FIRST_ARGUMENT_OFFSET = 16;

  private static final int ALLOW = 0x7fff0000;
  private static final int FAIL = 0x00050000;
  private static final int EPERM = 1;
  private static final int ENOSYS = 38;

  private static final int CLONE3 = 435;

  /** The first call that nobody has looked at yet. */
  private static final int FIRST_UNKNOWN = 467;

  /** Where arm has calls of its own, far above the others. */
  private static final int ARM_PRIVATE = 0x0f0000;

  private static final int X32_BIT = 0x40000000;
  private static final int NEW_NAMESPACES = 0x7E020000;

  /** What a 32 bit program may ask for: it is none of the odd layouts of memory. */
  private static final int[] PERSONALITIES = {0, 0x0008, 0x20000, 0x20008, 0xffffffff};

  private long[] program = new long[512];
  private int length;

  private SystemCallFilter() {}

  /** The program for all tables of x86-64 and aarch64 kernels. */
  public static long[] program() {
    SystemCallFilter filter = new SystemCallFilter();
    for (Machine machine : Machine.values()) {
      filter.addTable(machine);
    }
    filter.add(RETURN, 0, 0, FAIL | ENOSYS);
    return Arrays.copyOf(filter.program, filter.length);
  }

  private void addTable(Machine machine) {
    add(LOAD, 0, 0, ARCHITECTURE_OFFSET);
    add(EQUAL, 1, 0, machine.audit());
    int over = length;
    add(JUMP, 0, 0, 0); // past this table, patched below: conditional jumps reach 255 only
    add(LOAD, 0, 0, NUMBER_OFFSET);
    if (machine == Machine.X86_64) {
      failWhere(ANY_BIT, X32_BIT, ENOSYS);
    }
    if (machine == Machine.ARM) {
      add(GREATER_OR_EQUAL, 0, 1, ARM_PRIVATE);
      add(RETURN, 0, 0, ALLOW);
    }
    failWhere(GREATER_OR_EQUAL, FIRST_UNKNOWN, ENOSYS);
    failWhere(EQUAL, CLONE3, ENOSYS);
    for (DeniedCall call : DeniedCall.values()) {
      int number = call.number(machine);
      if (number >= 0) {
        failWhere(EQUAL, number, EPERM);
      }
    }
    addClone(machine);
    addSocket(machine);
    addPersonality(machine);
    add(RETURN, 0, 0, ALLOW);
    program[over] |= (long) (length - over - 1) << 32;
  }

  private void addClone(Machine machine) {
    add(EQUAL, 0, 4, machine.cloneNumber());
    add(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET);
    failWhere(ANY_BIT, NEW_NAMESPACES, EPERM);
    add(RETURN, 0, 0, ALLOW);
  }

  private void addSocket(Machine machine) {
    DeniedSocketFamily[] families = DeniedSocketFamily.values();
    add(EQUAL, 0, 2 * families.length + 2, machine.socketNumber());
    add(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET);
    for (DeniedSocketFamily family : families) {
      failWhere(EQUAL, family.number(), EPERM);
    }
    add(RETURN, 0, 0, ALLOW);
  }

  private void addPersonality(Machine machine) {
    add(EQUAL, 0, 2 * PERSONALITIES.length + 2, machine.personalityNumber());
    add(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET);
    for (int personality : PERSONALITIES) {
      add(EQUAL, 0, 1, personality);
      add(RETURN, 0, 0, ALLOW);
    }
    add(RETURN, 0, 0, FAIL | EPERM);
  }

  private void failWhere(int test, int value, int errno) {
    add(test, 0, 1, value);
    add(RETURN, 0, 0, FAIL | errno);
  }

  private void add(int code, int whereTrue, int whereFalse, int value) {
    if (length == program.length) {
      program = Arrays.copyOf(program, 2 * length);
    }
    program[length++] =
        code | ((long) whereTrue << 16) | ((long) whereFalse << 24) | ((value & 0xffffffffL) << 32);
  }
}
