package dev.gatehouse.kernel.address;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The two halves of a configured address, the host not judged yet.
 *
 * <p>A host with a colon stood in brackets, every other one did not.
 */
public record HostPort(String host, int port) {

  /** ASCII digits without sign or leading zero, which {@link Integer#parseInt} would all take. */
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}]");

  /** Cuts at the colon before the port, which is 1 to 65535; empty where there is no such cut. */
  public static Optional<HostPort> split(String text) {
    return text.startsWith("[") ? bracketed(text) : bare(text);
  }

  private static Optional<HostPort> bracketed(String text) {
    int end = text.indexOf(']');
    if (end < 0 || !text.startsWith(":", end + 1) || text.lastIndexOf(':', end) < 0) {
      return Optional.empty();
    }
    return of(text.substring(1, end), text.substring(end + 2));
  }

  private static Optional<HostPort> bare(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
      return Optional.empty();
    }
    return of(text.substring(0, colon), text.substring(colon + 1));
  }

  private static Optional<HostPort> of(String host, String port) {
    if (BLANK.matcher(host).find()
        || !PORT.matcher(port).matches()
        || Integer.parseInt(port) > Endpoint.MAX_PORT) {
      return Optional.empty();
    }
    return Optional.of(new HostPort(host, Integer.parseInt(port)));
  }
}
