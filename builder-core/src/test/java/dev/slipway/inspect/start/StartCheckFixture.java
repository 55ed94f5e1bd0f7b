package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.TinyElf;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An image, a stage to repair it from, and what the check says of it. */
abstract class StartCheckFixture {
  static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

  final FileTreeBuilder image = new FileTreeBuilder();
  final FileTreeBuilder stage = new FileTreeBuilder();
  ContainerConfig.Builder config = ContainerConfig.EMPTY.toBuilder();

  static void put(FileTreeBuilder tree, String path, int mode, byte[] content) {
    tree.put(
        TreePath.of(path),
        new RegularFile(Metadata.of(mode, 0), Origin.NONE, new BytesContent(content)));
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static TinyElf program() {
    return new TinyElf(ElfTarget.X86_64).interpreter(LOADER);
  }

  static byte[] library(String soname, String... needed) {
    TinyElf elf = new TinyElf(ElfTarget.X86_64).soname(soname);
    for (String each : needed) {
      elf.needed(each);
    }
    return elf.bytes();
  }

  static byte[] staticProgram() {
    return new TinyElf(ElfTarget.X86_64).bytes();
  }

  List<StartFinding> check() throws IOException {
    FileTree source = stage.build();
    return StartCheck.check(
            image.build(),
            new ImageConfig(
                new Platform("linux", "amd64"),
                "",
                "",
                config.build(),
                List.of(),
                List.of(),
                Map.of()),
            AtHand.ALL,
            List.of(new StageTree("build", () -> source)))
        .findings();
  }

  StartFinding only() throws IOException {
    List<StartFinding> findings = check();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }
}
