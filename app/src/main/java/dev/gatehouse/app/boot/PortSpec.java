package dev.gatehouse.app.boot;

import dev.gatehouse.net.sockets.Protocol;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port and the protocols that are meant: {@code 443} for both, {@code 443/tcp}, {@code 6969/udp}.
 */
public record PortSpec(int port, Set<Protocol> protocols) implements Comparable<PortSpec> {

  private static final int MAX_PORT = 65535;
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,4})(?:/(tcp|udp))?");
  private static final Comparator<PortSpec> ORDER =
      Comparator.comparingInt(PortSpec::port).thenComparing(PortSpec::toString);

  public PortSpec {
    if (port < 1 || port > MAX_PORT || protocols.isEmpty()) {
      throw new IllegalArgumentException("port: " + port + " of " + protocols);
    }
    protocols = Set.copyOf(protocols);
  }

  public static PortSpec of(int port, Protocol protocol) {
    return new PortSpec(port, Set.of(protocol));
  }

  /** The port of either protocol. */
  public static PortSpec of(int port) {
    return new PortSpec(port, EnumSet.allOf(Protocol.class));
  }

  /** Reads an entry of {@code ops.expected_ports}. */
  public static Optional<PortSpec> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > MAX_PORT) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "tcp" -> of(port, Protocol.TCP);
          case "udp" -> of(port, Protocol.UDP);
          case null, default -> of(port);
        });
  }

  /** Whether everything that the other one means is meant here too. */
  boolean covers(PortSpec other) {
    return port == other.port && protocols.containsAll(other.protocols);
  }

  /** Whether some protocol of the port is meant by both. */
  boolean meets(PortSpec other) {
    return port == other.port && protocols.stream().anyMatch(other.protocols::contains);
  }

  @Override
  public int compareTo(PortSpec other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return protocols.size() == 1
        ? port + "/" + protocols.iterator().next().label()
        : Integer.toString(port);
  }
}
