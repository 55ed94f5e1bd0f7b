package dev.slipway.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfSectionsTest {
  private static final int PROGRAM = 1;
  private static final int SYMBOLS = 2;
  private static final int STRINGS = 3;
  private static final int NO_BITS = 8;
  private static final int ALLOCATED = 2;

  private static long strippable(byte[] bytes) throws IOException {
    return ElfSections.strippable(FileBytes.of(bytes));
  }

  private static SectionedElf elf() {
    return new SectionedElf(true, ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @CsvSource({"true,LITTLE", "true,BIG", "false,LITTLE", "false,BIG"})
  void symbolsWithTheirStringsAndDebugInformationAreForDebuggersOnly(boolean wide, String order)
      throws IOException {
    byte[] bytes =
        new SectionedElf(wide, order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .section(".text", PROGRAM, ALLOCATED, 0, 5000)
            .section(".symtab", SYMBOLS, 0, 3, 100)
            .section(".strtab", STRINGS, 0, 0, 20)
            .section(".debug_info", PROGRAM, 0, 0, 3000)
            .section(".zdebug_line", PROGRAM, 0, 0, 400)
            .section(".gdb_index", PROGRAM, 0, 0, 7)
            .bytes();
    assertThat(strippable(bytes)).isEqualTo(100 + 20 + 3000 + 400 + 7);
  }

  @Test
  void whatAProgramUsesStays() throws IOException {
    byte[] bytes =
        elf()
            .section(".dynsym", 11, ALLOCATED, 2, 100)
            .section(".dynstr", STRINGS, ALLOCATED, 0, 100)
            .section(".debug_kept", PROGRAM, ALLOCATED, 0, 100)
            .section(".comment", PROGRAM, 0, 0, 100)
            .bytes();
    assertThat(strippable(bytes)).isZero();
  }

  @Test
  void namesOfSectionsStayWhereSymbolsShareThem() throws IOException {
    assertThat(strippable(elf().section(".symtab", SYMBOLS, 0, 2, 100).bytes())).isEqualTo(100);
  }

  @Test
  void whatTakesNoRoomInTheFileSavesNone() throws IOException {
    assertThat(strippable(elf().section(".debug_bss", NO_BITS, 0, 0, 100).bytes())).isZero();
  }

  @Test
  void moreThanTheFileHasIsNotBelieved() throws IOException {
    byte[] bytes = elf().section(".debug_info", NO_BITS, 0, 0, 1 << 30).bytes();
    bytes[64 + 64 + 4] = PROGRAM;
    assertThat(strippable(bytes)).isZero();
  }

  @Test
  void whatHasNoSectionsHasNothingForDebuggers() throws IOException {
    assertThat(strippable(new TinyElf(ElfTarget.X86_64).bytes())).isZero();
    assertThat(strippable(new byte[100])).isZero();
    assertThat(strippable(Arrays.copyOf(elf().bytes(), 63))).isZero();
  }

  @Test
  void noDamageMakesItFail() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes =
          elf().section(".symtab", SYMBOLS, 0, 2, 30).section(".strtab", STRINGS, 0, 0, 30).bytes();
      for (int j = 0; j < 4; j++) {
        bytes[32 + random.nextInt(bytes.length - 32)] = (byte) random.nextInt();
      }
      assertThat(strippable(bytes)).isBetween(0L, (long) bytes.length);
    }
  }
}
