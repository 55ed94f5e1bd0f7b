package dev.slipway.session.request;

import dev.slipway.StepOptions;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.sandbox.ProcessSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The machines that a request gives names to, checked before anything is built. */
final class RequestedHosts {
  private static final String GATEWAY = "host-gateway";

  /** Steps share the network of the machine that builds: this is how it reaches itself. */
  private static final String THIS_MACHINE = "127.0.0.1";

  /** Compiled for builds that name a host only: it takes a young JVM 4 ms. */
  private static final class Syntax {
    static final Pattern NAME = Pattern.compile("[^\\s#]+");
    static final Pattern V4 =
        Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    static final Pattern LIKE_V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]+");
  }

  private RequestedHosts() {}

  static List<ProcessSpec.ExtraHost> of(List<StepOptions.HostAddress> requested) {
    List<ProcessSpec.ExtraHost> hosts = new ArrayList<>();
    for (StepOptions.HostAddress host : requested) {
      if (!Syntax.NAME.matcher(host.name()).matches()) {
        throw new BuildException("invalid host name '" + host.name() + "'");
      }
      hosts.add(new ProcessSpec.ExtraHost(host.name(), address(host)));
    }
    return hosts;
  }

  private static String address(StepOptions.HostAddress host) {
    String address = host.address();
    if (address.equals(GATEWAY)) {
      return THIS_MACHINE;
    }
    if (Syntax.V4.matcher(address).matches()
        || Syntax.LIKE_V6.matcher(address).matches() && isAddress(address)) {
      return address;
    }
    throw new BuildException(
        "invalid address '" + address + "' of host '" + host.name() + "'",
        null,
        "it is an IP address, or " + GATEWAY + " for the machine that builds",
        null);
  }

  /** Of a text with a colon, which is never looked up as a name. */
  private static boolean isAddress(String text) {
    try {
      return InetAddress.getByName(text).getHostAddress() != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
