package dev.slipway.execute;

import dev.slipway.plan.Step;
import dev.slipway.sandbox.ProcessSpec;
import java.util.ArrayList;
import java.util.List;

/** The process of a RUN: what the plan says of it, what the builder was told, who runs it. */
final class RunProcess {
  private static final String AGENT = "SSH_AUTH_SOCK=";

  private RunProcess() {}

  /**
   * @param mounts those that are ready, which bring variables that no key knows
   */
  static ProcessSpec of(
      Step.Run step,
      Accounts.Identity identity,
      RunMounts mounts,
      CommandSurroundings surroundings) {
    List<String> environment = new ArrayList<>(step.environment());
    boolean home = false;
    for (String pair : environment) {
      home |= pair.startsWith("HOME=") && pair.length() > "HOME=".length();
    }
    if (!home) {
      environment.removeIf(pair -> pair.equals("HOME="));
      environment.add("HOME=" + identity.home());
    }
    step.proxyEnvironment()
        .forEach(
            (name, value) -> {
              environment.removeIf(pair -> pair.startsWith(name + "="));
              environment.add(name + "=" + value);
            });
    String agentSocket = mounts.agentSocket();
    if (agentSocket != null && !has(environment, AGENT)) {
      environment.add(AGENT + agentSocket);
    }
    for (String secret : mounts.environment()) {
      String name = secret.substring(0, secret.indexOf('=') + 1);
      environment.removeIf(pair -> pair.startsWith(name));
      environment.add(secret);
    }
    return ProcessSpec.builder(step.arguments())
        .environment(environment)
        .workingDirectory(step.workingDirectory())
        .user(identity.uid(), identity.gid(), identity.groups())
        .hostname(surroundings.hostname())
        .network(network(step, surroundings))
        .security(
            step.security() == Step.Security.INSECURE
                ? ProcessSpec.Security.INSECURE
                : ProcessSpec.Security.SANDBOX)
        .ulimits(surroundings.ulimits())
        .extraHosts(surroundings.extraHosts())
        .build();
  }

  private static boolean has(List<String> environment, String prefix) {
    for (String pair : environment) {
      if (pair.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  static ProcessSpec.Network network(Step.Run step, CommandSurroundings surroundings) {
    return switch (step.network()) {
      case DEFAULT -> surroundings.network();
      case NONE -> ProcessSpec.Network.NONE;
      case HOST -> ProcessSpec.Network.HOST;
    };
  }
}
