package dev.slipway.worker;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.Inodes;
import dev.slipway.linux.PathBytes;
import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.StepMount;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A socket with the owner and mode that a step asks for, whose connections go to a socket of the
 * host, as far as {@link AgentRelay} lets them: that one may be for nobody but its owner.
 */
final class AgentProxy implements AutoCloseable {
  private final Path target;
  private final Path socket;
  private final ServerSocketChannel server;

  private AgentProxy(Path target, Path socket, ServerSocketChannel server) {
    this.target = target;
    this.socket = socket;
    this.server = server;
  }

  /**
   * @param directory an existing one, in which the socket is made
   */
  static AgentProxy start(StepMount.Ssh ssh, Path directory, int number) throws IOException {
    if (!Files.exists(ssh.socket())) {
      throw new SandboxException("the ssh agent's socket '" + ssh.socket() + "' does not exist");
    }
    Path socket = directory.resolve("agent" + number);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      bind(server, ssh, directory, socket.getFileName());
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    AgentProxy proxy = new AgentProxy(ssh.socket(), socket, server);
    daemon(proxy::accept);
    return proxy;
  }

  private static void bind(
      ServerSocketChannel server, StepMount.Ssh ssh, Path directory, Path socketName)
      throws IOException {
    int opened = Descriptors.openPlace(directory);
    try {
      // an address holds 108 bytes only
      server.bind(UnixDomainSocketAddress.of("/proc/self/fd/" + opened + "/" + socketName));
      byte[] name = PathBytes.of(socketName);
      Inodes.changeOwner(opened, name, ssh.uid(), ssh.gid());
      Inodes.changeMode(opened, name, ssh.mode());
    } finally {
      Descriptors.close(opened);
    }
  }

  Path socket() {
    return socket;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        daemon(() -> relay(client));
      }
    } catch (IOException e) {
      // the step has ended, or the agent has
    }
  }

  private void relay(SocketChannel client) {
    try (client;
        SocketChannel agent = SocketChannel.open(UnixDomainSocketAddress.of(target))) {
      new AgentRelay(client, agent).run();
    } catch (IOException e) {
      // one side has hung up, and the other is closed with it
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "agent");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // nobody can connect any more either way
    }
  }
}
