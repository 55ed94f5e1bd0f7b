package dev.slipway.dockerfile;

import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A port specification of EXPOSE after expansion, {@code [[ip:]hostPort:]port[-port][/protocol]}.
 * Address and host port have no meaning in an image and are only checked.
 *
 * @param text as written
 * @param first the first port
 * @param last the last port, not below the first
 * @param protocol as written, {@code tcp} where none is
 * @param hostMapping whether an address or a host port was given
 */
public record ExposedPorts(String text, int first, int last, String protocol, boolean hostMapping) {
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");

  /**
   * Parses one specification.
   *
   * @throws IllegalArgumentException whose message says what is wrong, if it is malformed
   */
  public static ExposedPorts parse(String text) {
    int containerStart = text.lastIndexOf(':') + 1;
    String container = text.substring(containerStart);
    int slash = container.indexOf('/');
    String range = slash < 0 ? container : container.substring(0, slash);
    String protocol = slash < 0 ? "" : container.substring(slash + 1);
    if (range.isEmpty()) {
      throw new IllegalArgumentException("invalid port: \"" + text + "\": no port specified");
    }
    if (protocol.isEmpty()) {
      protocol = "tcp";
    }
    if (!PROTOCOLS.contains(protocol.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "invalid port: \""
              + text
              + "\": invalid proto: "
              + protocol
              + ", expected tcp, udp or sctp");
    }
    int[] ports = range(range, "invalid containerPort: " + range);
    boolean mapping = containerStart > 1 && checkHost(text.substring(0, containerStart - 1), ports);
    return new ExposedPorts(text, ports[0], ports[1], protocol, mapping);
  }

  /** Each port as an image's configuration has it, {@code 80/tcp}. */
  public List<String> ports() {
    List<String> ports = new ArrayList<>();
    for (int port = first; port <= last; port++) {
      ports.add(port + "/" + protocol.toLowerCase(Locale.ROOT));
    }
    return ports;
  }

  /** Checks {@code [ip:]hostPort}; whether either is there. */
  private static boolean checkHost(String host, int[] ports) {
    int colon = host.lastIndexOf(':');
    String hostPort = host.substring(colon + 1);
    String address = colon < 0 ? "" : host.substring(0, colon);
    if (!address.isEmpty() && !isAddress(address)) {
      throw new IllegalArgumentException("invalid IP address: " + address);
    }
    if (!hostPort.isEmpty()) {
      int[] hostPorts = range(hostPort, "invalid hostPort: " + hostPort);
      int size = ports[1] - ports[0];
      if (size != 0 && size != hostPorts[1] - hostPorts[0]) {
        throw new IllegalArgumentException(
            "invalid ranges specified for container and host Ports: "
                + ports[0]
                + "-"
                + ports[1]
                + " and "
                + hostPort);
      }
    }
    return !address.isEmpty() || !hostPort.isEmpty();
  }

  /** As it is written, an IPv6 one with brackets or without; no zone of it means anything here. */
  private static boolean isAddress(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String bare = bracketed ? text.substring(1, text.length() - 1) : text;
    return bare.indexOf('%') < 0 && InetAddresses.isInetAddress(bare);
  }

  private static int[] range(String text, String otherwise) {
    int dash = text.indexOf('-');
    int first = number(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : number(text.substring(dash + 1));
    if (first > 65535 || last > 65535 || last < first) {
      throw new IllegalArgumentException(otherwise);
    }
    return new int[] {first, last};
  }

  /** The number, or one that is too large for anything. */
  private static int number(String text) {
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || value > 65535) {
        return Integer.MAX_VALUE;
      }
      value = value * 10 + c - '0';
    }
    return text.isEmpty() ? Integer.MAX_VALUE : value;
  }
}
