package dev.slipway.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the words of EXPOSE: {@code [[ip:]host:]container[/protocol]}, where a port may be a range.
 */
final class ExposedPorts {
  private static final int MAX_PORT = 65535;

  private ExposedPorts() {}

  /**
   * The container's ports, as {@code 80/tcp}.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  static List<String> parse(String word) {
    String[] parts = splitAddress(word);
    String port = parts[2];
    String protocol = "tcp";
    int slash = port.indexOf('/');
    if (slash >= 0) {
      protocol = port.substring(slash + 1).toLowerCase(Locale.ROOT);
      port = port.substring(0, slash);
      if (protocol.isEmpty()) {
        protocol = "tcp";
      }
    }
    if (port.isEmpty()) {
      throw new IllegalArgumentException("no port specified: '" + word + "'");
    }
    if (!protocol.equals("tcp") && !protocol.equals("udp") && !protocol.equals("sctp")) {
      throw new IllegalArgumentException(
          "invalid proto: '" + protocol + "', expected tcp, udp or sctp");
    }
    checkAddress(parts[0]);
    int[] range = range(port, "invalid containerPort: ");
    if (!parts[1].isEmpty()) {
      int[] host = range(parts[1], "invalid hostPort: ");
      if (range[1] - range[0] != host[1] - host[0] && range[1] != range[0]) {
        throw new IllegalArgumentException(
            "invalid ranges specified for container and host ports: '"
                + port
                + "' and '"
                + parts[1]
                + "'");
      }
    }
    List<String> ports = new ArrayList<>();
    for (int number = range[0]; number <= range[1]; number++) {
      ports.add(number + "/" + protocol);
    }
    return ports;
  }

  /** Address, host port and container port; what is not there is empty. */
  private static String[] splitAddress(String word) {
    int last = word.lastIndexOf(':');
    if (last < 0) {
      return new String[] {"", "", word};
    }
    String container = word.substring(last + 1);
    int second = word.lastIndexOf(':', last - 1);
    if (second < 0) {
      return new String[] {"", word.substring(0, last), container};
    }
    return new String[] {word.substring(0, second), word.substring(second + 1, last), container};
  }

  private static void checkAddress(String address) {
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (Character.digit(c, 16) < 0 && "[].:".indexOf(c) < 0) {
        throw new IllegalArgumentException("invalid IP address: '" + address + "'");
      }
    }
  }

  private static int[] range(String text, String problem) {
    int dash = text.indexOf('-');
    String from = dash < 0 ? text : text.substring(0, dash);
    String to = dash < 0 ? text : text.substring(dash + 1);
    int start = port(from, problem + "'" + text + "'");
    int end = port(to, problem + "'" + text + "'");
    if (end < start) {
      throw new IllegalArgumentException(problem + "'" + text + "'");
    }
    return new int[] {start, end};
  }

  private static int port(String text, String problem) {
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new IllegalArgumentException(problem);
      }
      value = value * 10 + (c - '0');
      if (value > MAX_PORT) {
        throw new IllegalArgumentException(problem);
      }
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
    return value;
  }
}
