package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Content;
import dev.slipway.tree.FileContent;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JavaModulesTest {
  /** Those of the runtime that runs the tests. */
  static Content ownModules() {
    try {
      return FileContent.of(Path.of(System.getProperty("java.home"), "lib", "modules"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaModules of(Content content) {
    return new JavaModules(
        new Found(
            TreePath.of("lib/modules"),
            new RegularFile(Metadata.of(0644, 0), Origin.NONE, content)));
  }

  @Test
  void packagesAreFound() {
    JavaModules modules = of(ownModules());

    assertThat(modules.mayHave("java.lang")).isTrue();
    assertThat(modules.mayHave("java.util.concurrent.atomic")).isTrue();
    assertThat(modules.mayHave("org.example")).isFalse();
    assertThat(modules.mayHave("")).isFalse();
  }

  @Test
  void ofWhatCannotBeReadNobodyCanTell() {
    assertThat(of(new BytesContent(new byte[100])).mayHave("org.example")).isTrue();
    assertThat(of(new BytesContent(new byte[0])).mayHave("org.example")).isTrue();
  }
}
