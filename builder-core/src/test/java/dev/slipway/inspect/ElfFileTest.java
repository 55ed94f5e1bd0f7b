package dev.slipway.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ElfFileTest {
  private static byte[] program() {
    return new TinyElf(ElfTarget.X86_64)
        .interpreter("/lib64/ld.so")
        .needed("libc.so.6")
        .needed("libm.so.6")
        .runpath("$ORIGIN/lib:/opt/lib")
        .bytes();
  }

  @Test
  void whatTheLoaderWantsIsRead() throws IOException {
    ElfFile elf = ElfFile.read(FileBytes.of(program()));

    assertThat(elf).isNotNull();
    assertThat(elf.target().architecture()).isEqualTo("amd64");
    assertThat(elf.interpreter()).isEqualTo("/lib64/ld.so");
    assertThat(elf.dynamic().needed()).containsExactly("libc.so.6", "libm.so.6");
    assertThat(elf.dynamic().runpath()).containsExactly("$ORIGIN/lib", "/opt/lib");
  }

  @Test
  void textIsNoElfFile() throws IOException {
    assertThat(ElfFile.read(FileBytes.of("#!/bin/sh\n".getBytes()))).isNull();
    assertThat(ElfFile.read(FileBytes.of(new byte[0]))).isNull();
  }

  @Test
  void hostileFilesAreReadInTimeAndMemory() {
    byte[] good = program();
    Random random = new Random(7);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int flips = random.nextInt(6); flips > 0 && bad.length > 8; flips--) {
              bad[4 + random.nextInt(bad.length - 4)] = (byte) random.nextInt(256);
            }
            ElfFile.read(FileBytes.of(bad));
            assertThat(ElfSections.strippable(FileBytes.of(bad))).isBetween(0L, (long) bad.length);
          }
        });
  }

  @Test
  void aSizeBeyondAllFilesIsNotCutToOneThatIsRead() throws IOException {
    byte[] bytes = program();
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int segment = 64;
    while (header.getInt(segment) != 3) {
      segment += 56;
    }
    header.putLong(segment + 32, 0x8000_0000_7000_0000L);
    int[] longest = {0};
    FileBytes file =
        new FileBytes() {
          @Override
          public long size() {
            return bytes.length;
          }

          @Override
          public byte[] read(long offset, int length) throws IOException {
            longest[0] = Math.max(longest[0], length);
            return FileBytes.of(bytes).read(offset, length);
          }
        };
    assertThat(ElfFile.read(file)).isNull();
    assertThat(longest[0]).isLessThan(4096);
  }
}
