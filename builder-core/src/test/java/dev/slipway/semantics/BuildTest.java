package dev.slipway.semantics;

import dev.slipway.BuildRequest;
import dev.slipway.diagnostic.BuildException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test that builds; each test method has a workspace of its own. */
public abstract class BuildTest {
  /** Lines that make users: app with a group of its own and one more, and root. */
  protected static final String ACCOUNT_FILES =
      """
      COPY <<passwd /etc/passwd
      root:x:0:0:root:/root:/bin/sh
      app:x:1000:1001:app:/home/app:/bin/sh
      passwd
      COPY <<group /etc/group
      root:x:0:
      staff:x:50:app
      app:x:1001:
      group
      """;

  @TempDir Path directory;
  private InProcessBuilds workspace;

  @BeforeEach
  void openBuilds() {
    workspace = InProcessBuilds.in(directory);
  }

  @AfterEach
  void closeBuilds() {
    workspace.close();
  }

  protected InProcessBuilds workspace() {
    return workspace;
  }

  protected Path file(String path, String content) {
    return workspace.file(path, content);
  }

  protected BuiltImage build(String dockerfile) {
    return workspace.build(dockerfile);
  }

  protected BuiltImage build(String dockerfile, Consumer<BuildRequest.Builder> more) {
    return workspace.build(dockerfile, more);
  }

  protected BuildException failure(String dockerfile) {
    return workspace.failure(dockerfile);
  }

  protected BuildException failure(String dockerfile, Consumer<BuildRequest.Builder> more) {
    return workspace.failure(dockerfile, more);
  }
}
