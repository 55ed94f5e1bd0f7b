package dev.slipway.worker;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.ProcessSpec;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.StepMount;
import dev.slipway.sandbox.StepRequest;
import dev.slipway.sandbox.StepResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the host's own {@code true} as a step, on overlays over the host's own programs. */
final class SandboxTrial {
  private static final List<String> PROGRAM_DIRECTORIES =
      List.of("bin", "lib", "lib32", "lib64", "nix", "usr");

  private final WorkerSettings settings;

  SandboxTrial(WorkerSettings settings) {
    this.settings = settings;
  }

  /** Why steps do not run in this kind of isolation, or null if one did. */
  @Nullable String run(SandboxKind kind) {
    Path program = new ProgramSearch(settings.searchPath()).find("true");
    if (program == null) {
      return "'true' not found on this machine";
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (WorkerClient worker = WorkerClient.start(of(kind))) {
      Path folder = Files.createTempDirectory(settings.cache(), "trial");
      try {
        StepRequest request = request(folder, program, programMounts());
        StepResult result =
            worker.start(request, (error, bytes, length) -> said.write(bytes, 0, length)).await();
        String text = said.toString(StandardCharsets.UTF_8).strip();
        return result.exitCode() == 0 ? null : text.isEmpty() ? "it ended without a word" : text;
      } finally {
        remove(worker, folder);
      }
    } catch (BuildException | IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * The same for {@link SandboxKind#CHROOT}, which would have to copy the host's programs: it is to
   * come as far as to find that there are none.
   */
  @Nullable String runInEmptyRoot() {
    Path missing = Path.of("/no-such-program");
    try (WorkerClient worker = WorkerClient.start(of(SandboxKind.CHROOT))) {
      Path folder = Files.createTempDirectory(settings.cache(), "trial");
      try {
        StepRequest request = request(folder, missing, List.of());
        worker.start(request, (error, bytes, length) -> {}).await();
        return "a program that is not there was run";
      } catch (BuildException e) {
        String said = String.valueOf(e.getMessage());
        return said.startsWith("'" + missing + "' not found") ? null : said;
      } finally {
        remove(worker, folder);
      }
    } catch (BuildException | IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Where no worker can be started, nothing but empty directories has been made. */
  private static void remove(WorkerClient worker, Path folder) throws IOException {
    try {
      worker.delete(List.of(folder));
    } catch (BuildException e) {
      for (String name : new String[] {"upper", "work", ""}) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private WorkerSettings of(SandboxKind kind) {
    return new WorkerSettings(settings.jvm(), settings.cache(), kind, settings.searchPath());
  }

  private static List<StepMount> programMounts() {
    List<StepMount> mounts = new ArrayList<>();
    for (String name : PROGRAM_DIRECTORIES) {
      if (Files.isDirectory(Path.of("/", name))) {
        LayerStack directory = new LayerStack(Path.of("/"), List.of(name));
        mounts.add(new StepMount.Bind("/" + name, directory, "", true));
      }
    }
    return mounts;
  }

  private static StepRequest request(Path folder, Path program, List<StepMount> mounts)
      throws IOException {
    return new StepRequest(
        new LayerStack(folder, List.of()),
        Files.createDirectory(folder.resolve("upper")),
        Files.createDirectory(folder.resolve("work")),
        folder.resolve("changes"),
        ProcessSpec.builder(List.of(program.toString())).build(),
        mounts);
  }
}
