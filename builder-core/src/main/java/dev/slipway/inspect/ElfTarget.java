package dev.slipway.inspect;

import java.util.Set;

/**
 * What an ELF file runs on. Two files can be in one process only if these are equal.
 *
 * @param machine {@code e_machine}, as 62 for x86-64
 * @param wide whether addresses have 64 bits
 * @param bigEndian whether the highest byte comes first
 */
public record ElfTarget(int machine, boolean wide, boolean bigEndian) {
  public static final int I386 = 3;
  public static final int MIPS = 8;
  public static final int PPC64 = 21;
  public static final int S390 = 22;
  public static final int ARM = 40;
  public static final int X86_64 = 62;
  public static final int AARCH64 = 183;
  public static final int RISCV = 243;
  public static final int LOONGARCH = 258;

  /** Those whose machine is known here, so that no other one is meant. */
  private static final Set<String> COMMON =
      Set.of("386", "amd64", "arm", "arm64", "ppc64le", "riscv64", "s390x");

  /** The architecture as platforms name it, or {@code machine N}. */
  public String architecture() {
    return switch (machine) {
      case I386 -> "386";
      case MIPS -> (wide ? "mips64" : "mips") + (bigEndian ? "" : "le");
      case PPC64 -> bigEndian ? "ppc64" : "ppc64le";
      case S390 -> "s390x";
      case ARM -> "arm";
      case X86_64 -> wide ? "amd64" : "amd64 with 32-bit addresses";
      case AARCH64 -> "arm64";
      case RISCV -> wide ? "riscv64" : "riscv32";
      case LOONGARCH -> "loong64";
      default -> "machine " + machine;
    };
  }

  /** Whether a kernel of {@code platformArchitecture} executes it. */
  public boolean runsOn(String platformArchitecture) {
    String own = architecture();
    return own.equals(platformArchitecture)
        || platformArchitecture.equals("amd64") && machine == I386
        || platformArchitecture.equals("arm64") && machine == ARM
        || own.startsWith("machine ") && !COMMON.contains(platformArchitecture);
  }
}
