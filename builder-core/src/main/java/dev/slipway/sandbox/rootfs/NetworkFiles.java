package dev.slipway.sandbox.rootfs;

import dev.slipway.sandbox.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files through which a step finds other machines; shown in {@code /etc}, in no layer. */
final class NetworkFiles {
  private static final Path HOST_RESOLVER = Path.of("/etc/resolv.conf");

  private final Path hosts;
  private final Path resolver;

  private NetworkFiles(Path hosts, Path resolver) {
    this.hosts = hosts;
    this.resolver = resolver;
  }

  /** Writes them into {@code directory}. */
  static NetworkFiles write(Path directory, ProcessSpec process) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("127.0.0.1\tlocalhost ").append(process.hostname()).append('\n');
    text.append("::1\tlocalhost ip6-localhost ip6-loopback\n");
    for (ProcessSpec.ExtraHost host : process.extraHosts()) {
      text.append(host.address()).append('\t').append(host.name()).append('\n');
    }
    Path hosts = Files.writeString(directory.resolve("hosts"), text);
    Path resolver = directory.resolve("resolv.conf");
    if (Files.isRegularFile(HOST_RESOLVER)) {
      Files.write(resolver, Files.readAllBytes(HOST_RESOLVER));
    } else {
      Files.createFile(resolver);
    }
    return new NetworkFiles(hosts, resolver);
  }

  Path hosts() {
    return hosts;
  }

  Path resolver() {
    return resolver;
  }
}
