package dev.slipway.store;

import dev.slipway.oci.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** What another process does to a store, for {@link StoreBetweenProcessesTest}. */
final class StoreProcess {
  private StoreProcess() {}

  /** Begins {@code role} in a JVM of its own, with the class path of this one. */
  static Process start(String role, Path cacheDirectory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            role,
            cacheDirectory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Waits until the process says something. */
  static String line(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  public static void main(String[] arguments) throws Exception {
    try (Store store = Store.open(Path.of(arguments[1]), InstantSource.system())) {
      switch (arguments[0]) {
        case "use" -> use(store);
        case "write-for-ever" -> writeForEver(store);
        case "hold-mount" -> holdMount(store);
        case "learn" -> learn(store);
        case "hold-file" -> holdFile(Path.of(arguments[1]).resolve("held"));
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  /** Finds the blob of one zero byte and a directory, then waits for the end of its input. */
  private static void use(Store store) throws IOException {
    boolean found =
        store.blobs().find(Digest.of(new byte[1])).isPresent()
            && store.directories().find(new LayerId("ab".repeat(32)), "root").isPresent();
    say(found ? "found" : "missing");
    System.in.read();
  }

  private static void writeForEver(Store store) throws IOException {
    BlobWriter unfinished = store.blobs().writer();
    unfinished.write(new byte[100_000]);
    AllocatedDirectory directory = store.directories().allocate();
    Files.createDirectories(directory.path().resolve("a/b"));
    store.cacheMounts().acquire("mount", CacheSharing.LOCKED, false, () -> {});
    say("writing");
    for (int i = 0; ; i++) {
      byte[] content = Integer.toString(i).repeat(20_000).getBytes(StandardCharsets.UTF_8);
      store.blobs().put(content);
      store.facts().put("tree", "00112233", content);
      LayerId layer = new LayerId(Hex.hash("layer" + i));
      store.directories().commit(store.directories().allocate(), layer, "root", 1);
    }
  }

  private static void holdMount(Store store) throws IOException {
    try (CacheMount mount =
        store.cacheMounts().acquire("mount", CacheSharing.LOCKED, false, () -> {})) {
      say(mount.directory().toString());
      System.in.read();
    }
  }

  private static void holdFile(Path file) throws IOException {
    LockFile lock = LockFile.take(file, () -> {});
    say(file.toString());
    System.in.read();
    lock.close();
  }

  private static void learn(Store store) {
    for (int turn = 0; turn < 20; turn++) {
      try (FileDigestMemo memo = store.fileDigests("context")) {
        String path = "/" + ProcessHandle.current().pid() + "/" + turn;
        memo.remember(new FileIdentity(path, 1, 1, 1, 1), Digest.of(new byte[0]), Instant.now());
      }
    }
    say("learnt");
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
