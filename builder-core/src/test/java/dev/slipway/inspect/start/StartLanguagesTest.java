package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What Java, Python and Node are told to run, and cannot do without. */
class StartLanguagesTest extends StartCheckFixture {
  @Test
  void aLauncherOfJavaWithoutItsJdkIsToldWhereThatIs() throws IOException {
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    putJava(stage);
    put(image, "usr/bin/java", 0755, javaLauncher());
    config.cmd(List.of("java"));

    assertThat(only().message())
        .isEqualTo("\"java\" cannot start Java: the image lacks the JDK beside it");
    assertThat(only().advice())
        .isEqualTo("COPY --from=build /opt/jre /opt/jre, and start /opt/jre/bin/java");
    assertThat(only().repair()).isEmpty();

    put(image, "opt/jre/bin/java", 0755, javaLauncher());
    config.cmd(List.of("/opt/jre/bin/java"));

    assertThat(check().get(0).repair()).containsExactly("COPY --from=build /opt/jre /opt/jre");
    // What the stage's own lacks is told as if it had been copied.
    assertThat(check().get(1).message()).startsWith("\"/opt/jre/bin/java\" cannot start Java");
  }

  private static byte[] javaLauncher() {
    return program().needed("libjli.so").runpath("$ORIGIN/../lib").bytes();
  }

  private void putJava(FileTreeBuilder tree) {
    put(
        tree,
        "opt/jre/bin/java",
        0755,
        program().needed("libjli.so").runpath("$ORIGIN/../lib").bytes());
    put(tree, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(tree, "opt/jre/lib/libjli.so", 0755, library("libjli.so"));
  }

  @Test
  void theVirtualMachineOfJavaIsLookedFor() throws IOException {
    putJava(image);
    putJava(stage);
    put(stage, "etc/java/jvm.cfg", 0644, text("-server KNOWN\n"));
    image.put(
        TreePath.of("opt/jre/lib/jvm.cfg"),
        new Symlink(Metadata.of(0777, 0), Origin.NONE, "/etc/java/jvm.cfg"));
    put(stage, "opt/jre/lib/modules", 0644, text("modules"));
    put(stage, "opt/jre/lib/libjava.so", 0755, library("libjava.so"));
    put(stage, "opt/jre/lib/libjimage.so", 0755, library("libjimage.so"));
    put(stage, "opt/jre/lib/server/libjvm.so", 0755, library("libjvm.so", "libstdc++.so.6"));
    put(stage, "usr/lib/libstdc++.so.6", 0755, library("libstdc++.so.6"));
    config.cmd(List.of("/opt/jre/bin/java"));

    assertThat(only().message())
        .isEqualTo(
            "\"/opt/jre/bin/java\" cannot start Java: the image lacks /etc/java/jvm.cfg,"
                + " /opt/jre/lib/libjava.so, /opt/jre/lib/libjimage.so, /opt/jre/lib/modules,"
                + " /opt/jre/lib/server/libjvm.so, libstdc++.so.6");
    assertThat(only().repair())
        .containsExactly(
            "COPY --from=build /etc/java/jvm.cfg /etc/java/jvm.cfg",
            "COPY --from=build /opt/jre/lib/libjava.so /opt/jre/lib/libjimage.so"
                + " /opt/jre/lib/modules /opt/jre/lib/",
            "COPY --from=build /opt/jre/lib/server/libjvm.so /opt/jre/lib/server/libjvm.so",
            "COPY --from=build /usr/lib/libstdc++.so.6 /usr/lib/libstdc++.so.6");
  }

  @Test
  void debiansJavaDoesWithoutItsConfiguration() throws IOException {
    putJava(image);
    put(image, "opt/jre/lib/jvm.cfg-default", 0644, text("-server KNOWN\n"));
    put(image, "opt/jre/lib/modules", 0644, text("modules"));
    put(image, "opt/jre/lib/libjava.so", 0755, library("libjava.so"));
    put(image, "opt/jre/lib/libjimage.so", 0755, library("libjimage.so"));
    put(image, "opt/jre/lib/server/libjvm.so", 0755, library("libjvm.so"));
    config.cmd(List.of("/opt/jre/bin/java"));

    assertThat(check()).isEmpty();
  }

  @Test
  void pythonsLibraryIsCopiedFromWhereItIs() throws IOException {
    put(image, "usr/bin/python3.11", 0755, staticProgram());
    put(stage, "usr/lib/python3.11/encodings/__init__.py", 0644, text(""));
    config.cmd(List.of("python3.11", "-m", "app"));

    assertThat(only().message())
        .isEqualTo("\"python3.11\" cannot start Python: the image lacks /usr/lib/python3.11");
    assertThat(only().repair())
        .containsExactly("COPY --from=build /usr/lib/python3.11 /usr/lib/python3.11");
  }

  /** An archive of Java's with a manifest and empty classes. */
  private static byte[] archive(String manifest, String... members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(text("Manifest-Version: 1.0\n" + manifest + "\n"));
      for (String member : members) {
        zip.putNextEntry(new ZipEntry(member));
      }
    }
    return bytes.toByteArray();
  }

  private static final byte[] RUNNABLE;

  static {
    try {
      RUNNABLE = archive("Main-Class: app.Main\n", "app/Main.class");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theFileThatAnInterpreterIsToldToRunIsLookedUpToo() throws IOException {
    put(image, "bin/java", 0755, staticProgram());
    put(stage, "app.jar", 0644, RUNNABLE);
    config.cmd(List.of("java", "-Xmx1g", "-jar", "app.jar"));

    assertThat(only().message())
        .isEqualTo("CMD runs \"app.jar\", which does not exist in the image");
    assertThat(only().repair()).containsExactly("COPY --from=build /app.jar /app.jar");
  }

  @Test
  void aFileThatIsToBeRunHasToBeReadable() throws IOException {
    put(image, "bin/java", 0755, staticProgram());
    put(image, "app.jar", 0600, RUNNABLE);
    config.cmd(List.of("java", "-jar", "/app.jar")).user("1000");

    assertThat(only().message()).isEqualTo("CMD runs \"/app.jar\", which USER may not read");
  }

  @Test
  void anArchiveThatCannotBeRunIsTold() throws IOException {
    put(image, "bin/java", 0755, staticProgram());
    config.cmd(List.of("java", "-jar", "/app.jar"));

    put(image, "app.jar", 0644, text("PK"));
    assertThat(only().message()).isEqualTo("\"/app.jar\" is no whole archive of Java's");
    put(image, "app.jar", 0644, archive("", "app/Main.class"));
    assertThat(only().message())
        .isEqualTo("\"/app.jar\" names no Main-Class in its manifest: java -jar does not run it");
    assertThat(only().advice()).contains("-cp /app.jar");
  }

  /** A runtime whose classes can be looked up. */
  private void putRuntime() {
    put(image, "jre/bin/java", 0755, staticProgram());
    image.put(
        TreePath.of("jre/lib/modules"),
        new RegularFile(Metadata.of(0644, 0), Origin.NONE, JavaModulesTest.ownModules()));
  }

  @Test
  void aMainClassThatIsNowhereIsTold() throws IOException {
    putRuntime();
    put(image, "app/a.jar", 0644, archive("", "app/Main.class"));
    config.cmd(List.of("/jre/bin/java", "-cp", "/app/*:/lib/b.jar", "Main"));
    put(stage, "lib/b.jar", 0644, archive("", "Main.class"));

    assertThat(only().message())
        .isEqualTo("java finds no class Main: of its class path the image lacks /lib/b.jar");
    assertThat(only().repair()).containsExactly("COPY --from=build /lib/b.jar /lib/b.jar");
    config.cmd(List.of("/jre/bin/java", "-cp", "/app/*", "Main"));
    assertThat(only().advice()).isEqualTo("there is app.Main");
    config.cmd(List.of("/jre/bin/java", "-cp", "/app/*", "app.Main"));
    assertThat(check()).isEmpty();
  }

  @Test
  void nodeLooksForAScriptByItsOwnEndingsToo() throws IOException {
    put(image, "bin/node", 0755, staticProgram());
    put(image, "app/dist/main.js", 0644, text(""));
    config.workingDir("/app");

    config.cmd(List.of("node", "dist/main"));
    assertThat(check()).isEmpty();
    config.cmd(List.of("node", "-r", "./trace.js", "dist/main.js"));
    assertThat(only().message())
        .isEqualTo("--require of CMD names \"./trace.js\", which does not exist in the image");
    config.cmd(List.of("node", "dist"));
    assertThat(only().message())
        .isEqualTo("CMD runs \"dist\", a directory without index.js and package.json");
  }

  @Test
  void aScriptOfAPackageIsFollowed() throws IOException {
    put(image, "bin/npm", 0755, staticProgram());
    put(image, "bin/sh", 0755, staticProgram());
    config.cmd(List.of("npm", "run", "serve")).workingDir("/app");
    put(image, "app/x", 0644, text(""));

    assertThat(only().message()).isEqualTo("\"npm\" finds no package.json in \"/app\"");
    put(image, "app/package.json", 0644, text("{\"scripts\":{\"serve\":\"vite --port 80\"}}"));
    assertThat(only().message())
        .isEqualTo("CMD by script \"serve\", \"vite\" is in none of the directories of PATH");
    put(image, "app/node_modules/.bin/vite", 0755, staticProgram());
    assertThat(check()).isEmpty();
    config.cmd(List.of("npm", "start"));
    assertThat(only().message())
        .isEqualTo("\"npm\" finds no script \"start\" in \"/app/package.json\"");
  }

  @Test
  void aModuleOfPythonIsLookedForInAllDirectories() throws IOException {
    put(image, "bin/python3", 0755, staticProgram());
    put(image, "lib/python3.12/encodings/__init__.py", 0644, text(""));
    config.cmd(List.of("python3", "-u", "-m", "gunicorn.app"));

    assertThat(only().message())
        .isEqualTo("\"python3\" finds no module \"gunicorn\": no directory has it");
    put(image, "venv/lib/python3.12/site-packages/gunicorn/app.py", 0644, text(""));
    assertThat(check()).isEmpty();
  }
}
