package dev.slipway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.BuildRequest;
import dev.slipway.CacheLocation;
import dev.slipway.ContextSource;
import dev.slipway.context.BuildContext;
import dev.slipway.context.FileDigests;
import dev.slipway.context.HostFileIdentity;
import dev.slipway.context.IgnoreFile;
import dev.slipway.parse.DockerfileParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandForecastTest {
  private static final String COMPILES = "FROM base\nCOPY src/main.c /\nRUN cc main.c\n";

  @TempDir Path directory;
  private final Set<String> lookedAt = new HashSet<>();

  /** Knows every file but those that are called new. */
  private final FileDigests digests =
      new FileDigests() {
        @Override
        public @Nullable String find(HostFileIdentity file) {
          lookedAt.add(Path.of(file.path()).getFileName().toString());
          return file.path().endsWith("/new") ? null : "00".repeat(32);
        }

        @Override
        public void remember(HostFileIdentity file, String sha256) {}
      };

  @BeforeEach
  void makeContext() throws IOException {
    Files.createDirectories(directory.resolve("src/deep"));
    Files.writeString(directory.resolve("src/main.c"), "int main;");
    Files.writeString(directory.resolve("src/deep/old"), "");
  }

  private BuildRequest.Builder request() {
    return BuildRequest.builder(new ContextSource.LocalDirectory(directory));
  }

  private boolean isLikely(BuildRequest.Builder request, String dockerfile) {
    byte[] bytes = dockerfile.getBytes(StandardCharsets.UTF_8);
    try (BuildContext context = BuildContext.directory(directory, IgnoreFile.NONE, digests)) {
      return new CommandForecast(
              request.build(), DockerfileParser.read("Dockerfile", bytes).dockerfile(), context)
          .isLikely();
    }
  }

  private void addNewFile() throws IOException {
    Files.writeString(directory.resolve("src/deep/new"), "");
  }

  @Test
  void nothingNewIsNoReasonToRunCommands() {
    assertThat(isLikely(request(), COMPILES)).isFalse();
    assertThat(lookedAt).containsExactly("main.c");
  }

  @Test
  void withoutCacheEveryCommandIsRunAndNoFileNeedBeLookedAt() {
    assertThat(isLikely(request().noCache(true), COMPILES)).isTrue();
    assertThat(isLikely(request().noCache(true), "FROM base\nCOPY src /\n")).isFalse();
    assertThat(lookedAt).isEmpty();
  }

  @Test
  void aNewFileIsFoundInADirectoryAndOnlyWhereItIsCopied() throws IOException {
    addNewFile();

    assertThat(isLikely(request(), "FROM base\nCOPY src /\nRUN make\n")).isTrue();
    assertThat(isLikely(request(), "FROM base\nADD ./src/deep /\nRUN make\n")).isTrue();
    assertThat(isLikely(request(), COMPILES)).isFalse();
    assertThat(isLikely(request(), "FROM base\nCOPY src /\n")).as("no command").isFalse();
    assertThat(isLikely(request(), "FROM base\nCOPY --from=x src /\nRUN make\n")).isFalse();
  }

  @Test
  void theSecondFileIsNotLookedAtWhereTheFirstIsNew() throws IOException {
    addNewFile();

    String dockerfile = "FROM base\nCOPY src/deep/new /\nRUN fetch\nCOPY src/main.c /\n";
    assertThat(isLikely(request(), dockerfile)).isTrue();
    assertThat(lookedAt).containsExactly("new");
  }

  @Test
  void whatIsNoPathAsItStandsIsNotGuessedAbout() throws IOException {
    addNewFile();

    for (String source : new String[] {"$SRC", "s*", "\"src\"", "http://x/src", "git@x:src"}) {
      assertThat(isLikely(request(), "FROM base\nCOPY " + source + " /\nRUN make\n"))
          .as(source)
          .isFalse();
    }
  }

  @Test
  void nothingIsSaidWhereOtherMachinesOrATargetDecide() throws IOException {
    addNewFile();
    String dockerfile = "FROM base AS one\nCOPY src /\nRUN make\n";

    assertThat(isLikely(request(), dockerfile)).isTrue();
    assertThat(isLikely(request().target("one"), dockerfile)).isFalse();
    CacheLocation shared = CacheLocation.inDirectory(directory.resolve("cache"));
    assertThat(isLikely(request().cacheFrom(shared), dockerfile)).isFalse();
  }
}
