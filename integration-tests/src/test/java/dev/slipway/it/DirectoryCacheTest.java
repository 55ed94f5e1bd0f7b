package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Machines that hand a cache on as a directory, as CI systems do from one run to the next. */
class DirectoryCacheTest {
  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  private BuildMachines machines;
  private Path cache;

  @BeforeEach
  void start() throws IOException {
    Machine.require("unshare");
    machines = BuildMachines.in(WORKSPACE);
    cache = WORKSPACE.path("handed/on");
  }

  private Ended write(String machine, String more) {
    return machines.build(machine, "--cache-to", "type=local,dest=" + cache + more).run().orFail();
  }

  private Ended read(String machine, String... more) {
    String[] words =
        Stream.concat(Stream.of("--cache-from", "type=local,src=" + cache), Stream.of(more))
            .toArray(String[]::new);
    return machines.build(machine, words).run().orFail();
  }

  private Set<String> blobs() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("blobs/sha256"))) {
      return files
          .map(each -> each.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void aMachineWithAnEmptyStoreRunsNothing() {
    String made = BuildMachines.image(write("a", ""));
    Ended again = read("b");
    assertThat(BuildMachines.image(again)).isEqualTo(made);
    assertThat(BuildMachines.done(again)).isEmpty();
  }

  @Test
  void onlyWhatFollowsAChangeIsDone() throws IOException {
    write("a", ",mode=max,compression=zstd");
    machines.change("b", "second");
    Path files = WORKSPACE.path("files");
    Ended changed = read("b", "-o", "type=local,dest=" + files);
    assertThat(BuildMachines.done(changed))
        .contains("COPY b /src/")
        .doesNotContain(
            "RUN head -c 16 /dev/urandom | od -x > /first",
            "RUN head -c 16 /dev/urandom | od -x > /random");
    assertThat(files.resolve("built/out")).hasContent("second");
  }

  @Test
  void itIsALayoutOfTheStandard() {
    write("a", ",tag=main");
    Ended listed =
        Processes.command("skopeo", "inspect", "--raw", "oci:" + cache + ":main").run().orFail();
    assertThat(listed.text()).contains("application/vnd.slipway.cache.v1+json");
  }

  @Test
  void whatANewCacheDoesNotNeedIsTakenAway() throws IOException {
    write("a", "");
    Set<String> before = blobs();
    write("a", "");
    assertThat(blobs()).as("the same again").isEqualTo(before);
    machines.change("c", "second");
    write("a", "");
    Set<String> after = blobs();
    assertThat(after).hasSameSizeAs(before);
    assertThat(before).as("config, manifest and what follows the change").isNotEqualTo(after);
    machines.change("c", "first");
    read("b"); // all that its manifest names is there
  }

  @Test
  void cachesOfSeveralNamesAreInOneDirectory() throws IOException {
    write("a", ",tag=one");
    Set<String> one = blobs();
    machines.change("c", "second");
    write("a", ",tag=two");
    assertThat(blobs()).containsAll(one);
    assertThat(BuildMachines.done(read("b", "--cache-from=type=local,tag=two,src=" + cache)))
        .isEmpty();
  }

  @Test
  void aDirectoryThatIsNotThereIsWarnedOf() {
    Ended built = read("a");
    assertThat(built.errors())
        .contains("warning: cache " + cache + " is not used: there is no such directory");
    assertThat(BuildMachines.done(built)).hasSize(8);
  }

  @Test
  void aDirectoryOfAnotherProgramIsWarnedOf() throws IOException {
    machines.build("a", "-t", "x:latest", "-o", "type=oci,tar=false,dest=" + cache).run().orFail();
    assertThat(read("b").errors()).contains("is not used: it is an image or another program's");
    Files.writeString(cache.resolve("index.json"), "garbage");
    assertThat(read("c").errors()).contains("is not used: ");
  }

  @Test
  void aLayerThatIsDamagedIsMadeAgain() throws IOException {
    write("a", "");
    try (Stream<Path> files = Files.list(cache.resolve("blobs/sha256"))) {
      for (Path blob : files.toList()) {
        byte[] bytes = Files.readAllBytes(blob);
        if (bytes[0] != '{') {
          bytes[bytes.length / 2] ^= 1;
          Files.write(blob, bytes);
        }
      }
    }
    machines.change("c", "second");
    assertThat(read("b").errors()).contains("begins again without --cache-from");
  }

  @Test
  void aDirectoryThatCannotBeWrittenFailsTheBuildUnlessToldOtherwise() throws IOException {
    cache = WORKSPACE.write("file", "");
    Ended failed = machines.build("a", "--cache-to", "type=local,dest=" + cache).run();
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.errors()).contains("cannot write \"" + cache + "\"");
    assertThat(write("a", ",ignore-error=true").errors()).contains("is not written");
  }
}
