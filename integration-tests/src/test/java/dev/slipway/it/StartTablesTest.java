package dev.slipway.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.oci.ContainerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Images of the kinds that people make small, a table for each: judged by the start check, and run
 * with runc.
 *
 * <p>A line of a table is {@code what | script that makes the root | command}; {@code = script} is
 * run before those of all lines that follow. The command may begin with {@code @user=},
 * {@code @cd=} and {@code @env=}.
 */
class StartTablesTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final String SEPARATOR = " | ";

  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  private final StartRoots roots = new StartRoots(WORKSPACE);

  @ParameterizedTest
  @CsvSource({
    "architectures, programs, gcc musl-gcc",
    "compiled, programs cpp, gcc musl-gcc g++ gosu",
    "environments, programs, gcc musl-gcc tini gosu busybox",
    "java, java, jlink javac jar busybox tini",
    "layouts, programs, gcc musl-gcc busybox tini setcap",
    "loaders, programs, gcc musl-gcc busybox tini gosu",
    "multilib, programs multilib, gcc musl-gcc",
    "node, programs node, gcc musl-gcc node busybox",
    "npm, programs node, gcc musl-gcc node npm busybox",
    "python, python, python3 busybox",
    "rust, programs rust, gcc musl-gcc rustc",
    "scripts, programs, gcc musl-gcc busybox tini gosu",
  })
  void verdictsAreRight(String table, String preparations, String programs) throws IOException {
    Machine.requireRoot();
    Machine.require("runc");
    Machine.require(programs.split(" "));
    assumeTrue(
        !table.equals("multilib") || Files.exists(Path.of("/usr/lib32/crt1.o")),
        "needs the package gcc-multilib");
    for (String preparation : preparations.split(" ")) {
      Processes.command("sh", "-c", resource(preparation + ".sh"))
          .in(WORKSPACE.directory())
          .run()
          .orFail();
    }
    String common = "";
    for (String line : resource(table + ".txt").split("\n")) {
      if (line.startsWith("=")) {
        common = line.substring(1);
      } else if (!line.isEmpty()) {
        int first = line.indexOf(SEPARATOR);
        int last = line.lastIndexOf(SEPARATOR);
        roots.judge(
            line.substring(0, first),
            common + line.substring(first + SEPARATOR.length(), last),
            container(line.substring(last + SEPARATOR.length())));
      }
    }
    roots.finish();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = StartTablesTest.class.getResourceAsStream("/start/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ContainerConfig.Builder container(String command) {
    ContainerConfig.Builder container = ContainerConfig.EMPTY.toBuilder();
    List<String> words = new ArrayList<>();
    List<String> environment = new ArrayList<>();
    Matcher matcher = WORD.matcher(command.replace("\\r", "\r"));
    while (matcher.find()) {
      String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      String value = word.substring(word.indexOf('=') + 1);
      if (word.startsWith("@user=")) {
        container.user(value);
      } else if (word.startsWith("@cd=")) {
        container.workingDir(value);
      } else if (word.startsWith("@env=")) {
        environment.add(value);
      } else {
        words.add(word);
      }
    }
    return container.env(environment).cmd(words);
  }
}
