package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipDirectoryTest {
  private static byte[] archive(int members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < members; i++) {
        zip.putNextEntry(new ZipEntry("m" + i));
        zip.write(("text " + i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static ZipDirectory read(byte[] archive) {
    return ZipDirectory.read(
        new RegularFile(Metadata.of(0644, 0), Origin.NONE, new BytesContent(archive)));
  }

  private static String text(ZipDirectory archive, String member) {
    return new String(archive.start(member, 100), StandardCharsets.UTF_8);
  }

  @Test
  void membersAreReadByName() throws IOException {
    ZipDirectory archive = read(archive(3));

    assertThat(archive.names()).containsExactly("m0", "m1", "m2");
    assertThat(text(archive, "m1")).isEqualTo("text 1");
    assertThat(text(archive, "m7")).isEmpty();
  }

  @Test
  void somethingMayStandBefore() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("#!/bin/sh\nexec java -jar $0\n".getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(archive(2));

    assertThat(text(read(bytes.toByteArray()), "m1")).isEqualTo("text 1");
  }

  @Test
  void moreMembersThanTheOldFormHoldsAreRead() throws IOException {
    ZipDirectory archive = read(archive(70_000));

    assertThat(archive.names()).hasSize(70_000);
    assertThat(text(archive, "m69999")).isEqualTo("text 69999");
  }

  @Test
  void ofImmenseDirectoriesNothingIsRead() throws IOException {
    assertThat(read(archive(0)).isKnown()).isTrue();
    assertThat(read(new byte[100])).isNull();
    assertThat(read(archive(350_000)).isKnown()).isFalse();
  }
}
