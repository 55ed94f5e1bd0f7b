package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.semantics.BuildTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cache in a directory, of which whoever carries it from run to run may lose files. */
class CacheDirectoryTest extends BuildTest {
  private Path cache() {
    return workspace().temporary().resolve("cache");
  }

  private void buildAndWrite() {
    file("f", "content");
    build(
        "FROM scratch\nCOPY f /f\n",
        request -> request.cacheTo(CacheTarget.of(CacheLocation.inDirectory(cache()))));
  }

  private List<Path> blobs() throws IOException {
    try (Stream<Path> files = Files.list(cache().resolve("blobs/sha256"))) {
      return files.sorted().toList();
    }
  }

  /** The times of its files by their names. */
  private TreeMap<String, String> files() throws IOException {
    TreeMap<String, String> times = new TreeMap<>();
    List<Path> all = new ArrayList<>(blobs());
    all.add(cache().resolve("index.json"));
    for (Path each : all) {
      times.put(each.getFileName().toString(), Files.getLastModifiedTime(each).toString());
    }
    return times;
  }

  @Test
  void oneThatIsWholeIsNotWrittenAgain() throws IOException {
    buildAndWrite();
    TreeMap<String, String> before = files();
    buildAndWrite();
    assertThat(files()).isEqualTo(before).hasSize(4);
  }

  @Test
  void whatIsLostOfOneIsWrittenAgain() throws IOException {
    buildAndWrite();
    List<Path> whole = blobs();
    for (Path blob : whole) {
      Files.delete(blob);
      buildAndWrite();
      assertThat(blobs()).isEqualTo(whole);
      byte[] bytes = Files.readAllBytes(blob);
      Files.write(blob, new byte[] {bytes[0]});
      buildAndWrite();
      assertThat(blob).hasBinaryContent(bytes);
    }
  }
}
