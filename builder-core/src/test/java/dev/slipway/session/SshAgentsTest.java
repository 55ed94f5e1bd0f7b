package dev.slipway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.session.input.WorkDirectory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshAgentsTest {
  @TempDir Path directory;
  private WorkDirectory work;

  @BeforeEach
  void makeWork() {
    work = new WorkDirectory(directory.resolve("work"));
  }

  @AfterEach
  void closeWork() {
    work.close();
  }

  @Test
  void anAgentIsStartedForKeysAndEndsWithTheSession() throws Exception {
    Path one = key("one", "");
    Path two = key("two", "");
    Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rw-r--r--"));
    Path socket;
    try (SshAgents agents = new SshAgents(Map.of("default", List.of(one, two)), work)) {
      socket = agents.sockets().get("default");
      assertThat(keysOf(socket)).isEqualTo(2);
      assertThat(agents.sockets()).as("one agent a session").containsEntry("default", socket);
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void aSocketIsTakenAsItIs() throws IOException {
    Path socket = directory.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SshAgents agents = new SshAgents(Map.of("a", List.of(socket)), work)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThat(agents.sockets()).containsExactly(Map.entry("a", socket));
    }
  }

  @Test
  void whatIsNeitherIsRefusedByName() throws Exception {
    refused("\"" + directory.resolve("nothing") + "\" not found", directory.resolve("nothing"));
    refused("is a directory", directory);
    Path text = Files.writeString(directory.resolve("text"), "no key\n");
    Path locked = key("locked", "a passphrase");
    refused("cannot use \"" + text + "\"", text);
    refused("cannot use \"" + locked + "\"", locked);
  }

  private void refused(String message, Path file) {
    try (SshAgents agents = new SshAgents(Map.of("a", List.of(file)), work)) {
      assertThatThrownBy(agents::sockets)
          .isInstanceOf(BuildException.class)
          .hasMessageStartingWith("ssh agent 'a'")
          .hasMessageContaining(message);
    }
  }

  private Path key(String name, String passphrase) throws Exception {
    Path file = directory.resolve(name);
    try {
      Process made =
          new ProcessBuilder(
                  "ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file.toString())
              .start();
      assertThat(made.waitFor()).isZero();
    } catch (IOException e) {
      assumeTrue(false, "this takes OpenSSH's programs");
    }
    return file;
  }

  private static int keysOf(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 11}));
      ByteBuffer answer = ByteBuffer.allocate(9);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {
        // until the number of keys is there
      }
      return answer.getInt(5);
    }
  }
}
