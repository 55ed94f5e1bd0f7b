package dev.slipway.sandbox.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SystemCallFilterTest {
  private static final int ALLOW = 0x7fff0000;
  private static final int EPERM = 0x00050001;
  private static final int ENOSYS = 0x00050026;
  private static final int CLONE_NEWUSER = 0x10000000;
  private static final int CLONE_VM_VFORK_SIGCHLD = 0x4111;

  private final long[] program = SystemCallFilter.program();

  @ParameterizedTest
  @EnumSource(Machine.class)
  void everyDeniedCallIsRefusedOnEveryMachine(Machine machine) {
    for (DeniedCall call : DeniedCall.values()) {
      int number = call.number(machine);
      if (number >= 0) {
        assertThat(run(machine.audit(), number, 0)).as(call.label()).isEqualTo(EPERM);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Machine.class)
  void processesCanBeMadeButNoNamespaces(Machine machine) {
    int clone = machine.cloneNumber();
    assertThat(run(machine.audit(), clone, CLONE_VM_VFORK_SIGCHLD)).isEqualTo(ALLOW);
    assertThat(run(machine.audit(), clone, CLONE_NEWUSER | 17)).isEqualTo(EPERM);
    assertThat(run(machine.audit(), 435, 0)).as("clone3").isEqualTo(ENOSYS);
  }

  @ParameterizedTest
  @EnumSource(Machine.class)
  void oddPersonalitiesAreRefused(Machine machine) {
    int personality = machine.personalityNumber();
    assertThat(run(machine.audit(), personality, 0)).isEqualTo(ALLOW);
    assertThat(run(machine.audit(), personality, 8)).isEqualTo(ALLOW);
    assertThat(run(machine.audit(), personality, 0xffffffff)).isEqualTo(ALLOW);
    assertThat(run(machine.audit(), personality, 0x0040000)).as("no ASLR").isEqualTo(EPERM);
  }

  @ParameterizedTest
  @EnumSource(Machine.class)
  void socketsOfTheNetworkCanBeMadeButNoneThatReachTheKernelOrAVirtualMachinesHost(
      Machine machine) { // CVE-2026-31431
    int socket = machine.socketNumber();
    for (int family : new int[] {1, 2, 10, 16, 17, 39, 41}) {
      assertThat(run(machine.audit(), socket, family)).as("%d", family).isEqualTo(ALLOW);
    }
    assertThat(run(machine.audit(), socket, 38)).as("AF_ALG").isEqualTo(EPERM);
    assertThat(run(machine.audit(), socket, 40)).as("AF_VSOCK").isEqualTo(EPERM);
  }

  @Test
  void theCallThatHidesWhichSocketIsMeantIsRefused() {
    assertThat(run(Machine.I386.audit(), 102, 1)).isEqualTo(EPERM);
  }

  @Test
  void ordinaryCallsAreAllowed() {
    for (int number : new int[] {0, 1, 2, 9, 41, 57, 59, 61, 90, 101, 161, 257, 262, 334, 439}) {
      assertThat(run(Machine.X86_64.audit(), number, 0)).as("%d", number).isEqualTo(ALLOW);
    }
    for (int number : new int[] {29, 48, 51, 56, 63, 64, 117, 198, 221, 222, 291}) {
      assertThat(run(Machine.AARCH64.audit(), number, 0)).as("%d", number).isEqualTo(ALLOW);
    }
  }

  @Test
  void callsOfArmAloneAreAllowed() {
    assertThat(run(Machine.ARM.audit(), 0x0f0002, 0)).as("cacheflush").isEqualTo(ALLOW);
  }

  @Test
  void callsThatNobodyHasLookedAtDoNotExist() {
    assertThat(run(Machine.X86_64.audit(), 467, 0)).isEqualTo(ENOSYS);
    assertThat(run(Machine.AARCH64.audit(), 100_000, 0)).isEqualTo(ENOSYS);
    assertThat(run(Machine.X86_64.audit(), 0x40000000 | 1, 0)).as("x32").isEqualTo(ENOSYS);
    assertThat(run(0xC0000015, 1, 0)).as("another machine").isEqualTo(ENOSYS);
  }

  /** What the kernel does with the program for a call. */
  private int run(int audit, int number, int firstArgument) {
    int accumulator = 0;
    int at = 0;
    while (true) {
      long instruction = program[at++];
      int code = (int) (instruction & 0xffff);
      int whereTrue = (int) (instruction >> 16 & 0xff);
      int whereFalse = (int) (instruction >> 24 & 0xff);
      int value = (int) (instruction >> 32);
      switch (code) {
        case 0x20 -> accumulator = value == 0 ? number : value == 4 ? audit : firstArgument;
        case 0x05 -> at += value;
        case 0x15 -> at += accumulator == value ? whereTrue : whereFalse;
        case 0x35 ->
            at += Integer.compareUnsigned(accumulator, value) >= 0 ? whereTrue : whereFalse;
        case 0x45 -> at += (accumulator & value) != 0 ? whereTrue : whereFalse;
        case 0x06 -> {
          return value;
        }
        default -> throw new AssertionError("instruction " + Integer.toHexString(code));
      }
    }
  }
}
