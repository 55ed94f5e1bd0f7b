package dev.slipway.inspect.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.SectionedElf;
import dev.slipway.inspect.TinyElf;
import dev.slipway.layer.Compression;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.TreePath;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WasteFinderTest {
  private static final byte[] CONTENT = new byte[5000];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  private final LayeredImage image = new LayeredImage(Compression.NONE);

  private List<String> pathsOf(Waste.Kind kind) {
    return image.account().waste().stream()
        .filter(waste -> waste.kind() == kind)
        .map(waste -> waste.path().toString())
        .toList();
  }

  private Waste only() {
    List<Waste> waste = image.account().waste();
    assertThat(waste).hasSize(1);
    return waste.get(0);
  }

  private static byte[] program(String... needed) {
    return linked(new TinyElf(ElfTarget.X86_64).interpreter("/lib64/ld.so"), needed);
  }

  private static byte[] library(String soname, String... needed) {
    return linked(new TinyElf(ElfTarget.X86_64).soname(soname), needed);
  }

  private static byte[] linked(TinyElf elf, String... needed) {
    for (String each : needed) {
      elf.needed(each);
    }
    return elf.bytes();
  }

  @Test
  void aLibraryIsUsedIfAProgramNeedsItThroughOthers() {
    image
        .file("bin/app", program("liba.so.1"), 0755)
        .file("lib/liba.so.1.0", library("liba.so.1", "libb.so.1"), 0755)
        .file("usr/lib/x86_64-linux-gnu/libb.so.1", library("libb.so.1"), 0755)
        .file("usr/lib/libc-lib.so.1", library("libc-lib.so.1", "libd.so.1"), 0755)
        .file("usr/local/lib/libd.so.1", library("libd.so.1"), 0755)
        .by("COPY . /");

    assertThat(pathsOf(Waste.Kind.UNUSED_LIBRARY))
        .containsExactlyInAnyOrder("/usr/lib/libc-lib.so.1", "/usr/local/lib/libd.so.1");
  }

  @Test
  void plugInsAreUsedAndSoIsWhatTheyNeed() {
    image
        .file("bin/app", program("liba.so.1"), 0755)
        .file("lib/liba.so.1", library("liba.so.1"), 0755)
        .file("usr/lib/app/plugin.so", library("plugin.so", "libp.so.1"), 0755)
        .file("usr/lib/other.so", library("", "libq.so.1"), 0755)
        .file("usr/lib/libp.so.1", library("libp.so.1"), 0755)
        .file("usr/lib/libq.so.1", library("libq.so.1"), 0755)
        .by("COPY . /");

    assertThat(pathsOf(Waste.Kind.UNUSED_LIBRARY)).isEmpty();
  }

  @Test
  void whatTheCLibraryLoadsByNameIsUsed() {
    image
        .file("bin/app", program("libx.so.1"), 0755)
        .file("lib/libnss_dns.so.2", library("libnss_dns.so.2"), 0755)
        .file("lib/libgcc_s.so.1", library("libgcc_s.so.1"), 0755)
        .by("COPY . /");

    assertThat(pathsOf(Waste.Kind.UNUSED_LIBRARY)).isEmpty();
  }

  @Test
  void theLibrariesOfABaseWithoutProgramsAreForOthers() {
    image.file("lib/liba.so.1", library("liba.so.1"), 0755).by("COPY . /");

    assertThat(pathsOf(Waste.Kind.UNUSED_LIBRARY)).isEmpty();
  }

  @Test
  void aLogOfZerosIsWaste() {
    byte[] log = new byte[100_000];
    log[99_000] = 1;
    image.file("var/log/lastlog", log, 0644).by("RUN useradd -u 1000000 app");

    assertThat(only().kind()).isEqualTo(Waste.Kind.SPARSE_LOG);
    assertThat(only().advice()).isEqualTo("useradd --no-log-init");
  }

  @Test
  void aLogThatSaysSomethingOrIsSmallIsNone() {
    byte[] full = new byte[100_000];
    new Random(2).nextBytes(full);
    image
        .file("var/log/lastlog", full, 0644)
        .file("var/log/faillog", new byte[1000], 0644)
        .by("RUN x");

    assertThat(image.account().waste()).isEmpty();
  }

  @Test
  void debugInformationPerhapsIs() {
    byte[] program =
        new SectionedElf(true, ByteOrder.LITTLE_ENDIAN)
            .section(".debug_info", 1, 0, 0, 6000)
            .bytes();
    image.file("bin/app", program, 0755).by("COPY app /bin/");

    assertThat(only().kind()).isEqualTo(Waste.Kind.DEBUG_INFO);
    assertThat(only().cost().unpacked()).isEqualTo(6000);
    assertThat(only().advice()).isEqualTo("RUN strip /bin/app");
  }

  @Test
  void aChownThatCopiesIsToldWithTheLineThatDoesNot() {
    image
        .file("f", CONTENT, Metadata.of(0644, 0))
        .by("ADD f /f")
        .file("f", CONTENT, Metadata.of(0600, 0).withOwner(1000, -2))
        .by("RUN chown …");

    assertThat(only().advice()).isEqualTo("ADD --chown=1000:4294967294 --chmod=0600 f /f");
  }

  @Test
  void aCommandsFilesAreToBeMadeAsTheyShallBe() {
    image
        .file("f", CONTENT, Metadata.of(0644, 0))
        .by("RUN make")
        .file("f", CONTENT, Metadata.of(0644, 0).withOwner(7, 8))
        .by("RUN chown …");

    assertThat(only().advice())
        .isEqualTo("set it in the instruction that makes the file, as COPY --chown=7:8 does");
  }

  @Test
  void anOpaqueDirectoryHidesAllThatWasInIt() {
    image
        .directory("d")
        .file("d/old", CONTENT, 0644)
        .file("kept", new byte[] {1}, 0644)
        .by("COPY . /")
        .opaque("d")
        .file("d/new", new byte[] {2}, 0644)
        .by("RUN rm -r /d && mkdir /d");

    assertThat(pathsOf(Waste.Kind.DELETED)).containsExactly("/d/old");
  }

  @Test
  void aFileInPlaceOfADirectoryDeletesWhatWasInIt() {
    image
        .directory("d")
        .file("d/old", CONTENT, 0644)
        .by("COPY . /")
        .file("d", new byte[] {2}, 0644)
        .by("RUN x");

    assertThat(pathsOf(Waste.Kind.DELETED)).containsExactly("/d/old");
  }

  @Test
  void aDirectoryCostsWhatIsBelowItInAllLayers() {
    image
        .directory("a")
        .directory("a/b")
        .file("a/b/f", CONTENT, 0644)
        .by("COPY . /")
        .file("a/g", CONTENT, 0644)
        .by("COPY g /a/");
    DirectoryCost directories = image.account().directories();

    // A header of 512 bytes for each member, and content in whole blocks.
    assertThat(directories.byPath())
        .hasEntrySatisfying(
            TreePath.of("a/b"), cost -> assertThat(cost.unpacked()).isEqualTo(512 + 512 + 5120))
        .hasEntrySatisfying(
            TreePath.of("a"),
            cost -> assertThat(cost.unpacked()).isEqualTo(512 + 512 + 512 + 5120 + 512 + 5120));
  }
}
