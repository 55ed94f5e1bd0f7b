package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.ExtendedAttributes;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.LinuxException;
import dev.slipway.linux.PathBytes;
import dev.slipway.tree.Entry;
import dev.slipway.tree.RegularFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class EntryReaderTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "user.slipway.owner, 5",
    "user.slipway.owner, 5:six",
    "user.slipway.device, x:y:z",
    "user.slipway.device, 1:2"
  })
  void whatAStepWroteToTheAttributesOfSubstitutesIsNotTakenForOne(String name, String value)
      throws Exception {
    Path file = Files.createFile(directory.resolve("f"));
    byte[] path = PathBytes.of(file);
    try {
      ExtendedAttributes.set(path, name, value.getBytes(StandardCharsets.US_ASCII));
    } catch (LinuxException e) {
      assumeTrue(false, "needs a file system with attributes: " + e.getMessage());
    }

    int here = Descriptors.WORKING_DIRECTORY;
    Entry entry = EntryReader.read(here, path, Inodes.status(here, path), path);

    assertThat(entry).isInstanceOf(RegularFile.class);
    assertThat(entry.metadata().uid()).isEqualTo(Files.getAttribute(file, "unix:uid"));
    assertThat(entry.metadata().xattrs().isEmpty()).isTrue();
  }
}
