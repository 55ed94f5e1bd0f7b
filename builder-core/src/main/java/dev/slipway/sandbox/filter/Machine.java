package dev.slipway.sandbox.filter;

/** The tables of system calls that a kernel of ours may offer to one process. */
public enum Machine {
  X86_64(0xC000003E, 56, 135, 41),
  I386(0x40000003, 120, 136, 359),
  AARCH64(0xC00000B7, 220, 92, 198),
  ARM(0x40000028, 120, 136, 281);

  private final int audit;
  private final int cloneNumber;
  private final int personalityNumber;
  private final int socketNumber;

  Machine(int audit, int cloneNumber, int personalityNumber, int socketNumber) {
    this.audit = audit;
    this.cloneNumber = cloneNumber;
    this.personalityNumber = personalityNumber;
    this.socketNumber = socketNumber;
  }

  /** How the kernel names the table to a filter. */
  int audit() {
    return audit;
  }

  int cloneNumber() {
    return cloneNumber;
  }

  int personalityNumber() {
    return personalityNumber;
  }

  int socketNumber() {
    return socketNumber;
  }
}
