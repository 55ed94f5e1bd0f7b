package dev.slipway.worker;

import dev.slipway.sandbox.StepMount;
import dev.slipway.sandbox.StepRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The proxies of a step's ssh mounts, while it runs. */
final class AgentProxies implements AutoCloseable {
  private final List<AgentProxy> proxies = new ArrayList<>();
  private final StepRequest request;

  /**
   * @param directory an existing one, in which sockets are made
   */
  AgentProxies(StepRequest original, Path directory) throws IOException {
    List<StepMount> mounts = new ArrayList<>();
    try {
      for (StepMount mount : original.mounts()) {
        if (mount instanceof StepMount.Ssh ssh) {
          AgentProxy proxy = AgentProxy.start(ssh, directory, proxies.size());
          proxies.add(proxy);
          mounts.add(
              new StepMount.Ssh(ssh.target(), proxy.socket(), ssh.mode(), ssh.uid(), ssh.gid()));
        } else {
          mounts.add(mount);
        }
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    request =
        new StepRequest(
            original.root(),
            original.upper(),
            original.work(),
            original.changes(),
            original.process(),
            mounts);
  }

  /** The step's request, with the proxies' sockets for the host's. */
  StepRequest request() {
    return request;
  }

  @Override
  public void close() {
    for (AgentProxy proxy : proxies) {
      proxy.close();
    }
  }
}
