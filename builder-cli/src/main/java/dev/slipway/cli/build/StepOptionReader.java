package dev.slipway.cli.build;

import dev.slipway.BuildRequest;
import dev.slipway.SecretSource;
import dev.slipway.cli.options.Arguments;
import dev.slipway.cli.options.CommaSeparated;
import dev.slipway.cli.options.UsageException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the options that say how steps run: secrets, agents, hosts, limits. */
final class StepOptionReader {
  private final Map<String, String> environment;
  private final Function<String, Path> path;

  StepOptionReader(Map<String, String> environment, Function<String, Path> path) {
    this.environment = environment;
    this.path = path;
  }

  void read(Arguments arguments, BuildRequest.Builder request) {
    for (String secret : arguments.all("secret")) {
      request.secret(secret(secret));
    }
    for (String agent : arguments.all("ssh")) {
      addAgent(agent, request);
    }
    for (String host : arguments.all("add-host")) {
      addHost(host, request);
    }
    for (String limit : arguments.all("ulimit")) {
      int equals = limit.indexOf('=');
      if (equals <= 0 || equals == limit.length() - 1) {
        throw new UsageException("--ulimit wants NAME=SOFT[:HARD], not \"" + limit + "\"");
      }
      request.ulimit(limit.substring(0, equals), limit.substring(equals + 1));
    }
    for (String allowed : arguments.all("allow")) {
      for (String entitlement : CommaSeparated.fields("allow", allowed)) {
        request.allow(entitlement(entitlement));
      }
    }
    String shmSize = arguments.last("shm-size");
    if (shmSize != null) {
      request.shmSize(ByteSize.parse("shm-size", shmSize));
    }
    String network = arguments.last("network", "default");
    if (!List.of("default", "none", "host").contains(network)) {
      throw new UsageException(
          "--network \"" + network + "\" is not supported", "it is default, none or host");
    }
    request.network(network);
    request.sandbox(arguments.last("sandbox", "auto"));
    request.jobs((int) Math.min(arguments.number("jobs", 1, 0), 1024));
  }

  private static String entitlement(String name) {
    if (!name.equals("network.host") && !name.equals("security.insecure")) {
      throw new UsageException(
          "--allow \"" + name + "\" is not supported", "it is network.host or security.insecure");
    }
    return name;
  }

  /** {@code id=x} alone means the variable x where there is one, else the file x. */
  private SecretSource secret(String text) {
    Map<String, String> fields = new LinkedHashMap<>(CommaSeparated.pairs("secret", text));
    String id = fields.remove("id");
    if (id == null || id.isEmpty()) {
      throw new UsageException("--secret \"" + text + "\" has no id", "id=token,src=token.txt");
    }
    String type = fields.remove("type");
    String variable = fields.remove("env");
    String file = fields.remove("source");
    String src = fields.remove("src");
    if (!fields.isEmpty()) {
      String field = fields.keySet().iterator().next();
      throw new UsageException(
          "--secret has no field \"" + field + "\"", "it has type, id, src, env");
    }
    file = file == null ? src : file;
    if (type != null && !type.equals("file") && !type.equals("env")) {
      throw new UsageException("--secret has no type \"" + type + "\"", "it is file or env");
    }
    if ("env".equals(type) && variable == null) {
      variable = file == null ? id : file;
      file = null;
    }
    if (variable == null && file == null && environment.containsKey(id) && type == null) {
      variable = id;
    }
    if (variable != null) {
      if (file != null) {
        throw new UsageException("--secret \"" + id + "\" has both a file and a variable");
      }
      return new SecretSource.FromEnvironment(id, variable);
    }
    return new SecretSource.FromFile(id, path.apply(file == null ? id : file));
  }

  private void addAgent(String text, BuildRequest.Builder request) {
    int equals = text.indexOf('=');
    String id = equals < 0 ? text : text.substring(0, equals);
    String socket = equals < 0 ? agentOfEnvironment(id) : text.substring(equals + 1);
    if (id.isEmpty() || socket == null || socket.isEmpty()) {
      throw new UsageException(
          "--ssh \"" + text + "\": no agent is known",
          "start one and set SSH_AUTH_SOCK, or say --ssh " + text + "=SOCKET or =KEY");
    }
    for (String file : CommaSeparated.fields("ssh", socket)) {
      request.ssh(id, path.apply(file));
    }
  }

  private @Nullable String agentOfEnvironment(String id) {
    return id.isEmpty() ? null : environment.get("SSH_AUTH_SOCK");
  }

  /** {@code name:address} or {@code name=address}; an IPv6 address may stand in brackets. */
  private static void addHost(String text, BuildRequest.Builder request) {
    int equals = text.indexOf('=');
    int end = equals >= 0 ? equals : text.indexOf(':');
    String address = end < 0 ? "" : text.substring(end + 1);
    if (address.startsWith("[") && address.endsWith("]")) {
      address = address.substring(1, address.length() - 1);
    }
    if (end <= 0 || address.isEmpty()) {
      throw new UsageException("--add-host wants NAME:ADDRESS, not \"" + text + "\"");
    }
    request.addHost(text.substring(0, end), address);
  }
}
