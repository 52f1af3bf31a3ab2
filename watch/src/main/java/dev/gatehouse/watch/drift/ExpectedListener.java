package dev.gatehouse.watch.drift;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.listening.PortRange;
import java.util.Optional;

/**
 * An entry of the operator's list of what may listen here.
 *
 * @param protocol empty for any
 * @param scope the widest that is allowed
 * @param process a pattern with {@code *} and {@code ?}; empty if it does not matter
 * @param unit a pattern with {@code *} and {@code ?}; empty if it does not matter
 * @param uid of the socket; −1 if it does not matter
 * @param required whether its absence is a difference
 * @param note the operator's words, shown beside the listener
 */
public record ExpectedListener(
    Optional<Protocol> protocol,
    PortRange ports,
    AddressScope scope,
    String process,
    String unit,
    long uid,
    boolean required,
    String note) {

  /** The word for the protocol: {@code any} stands for both. */
  public String protocolLabel() {
    return protocol.map(Protocol::label).orElse("any");
  }

  /** The port or the range as it is written. */
  public String portLabel() {
    return ports.first() == ports.last()
        ? Integer.toString(ports.first())
        : ports.first() + "-" + ports.last();
  }

  boolean concerns(Protocol someProtocol, int port) {
    return ports.contains(port) && protocol.map(someProtocol::equals).orElse(true);
  }

  /** The entry as it would stand in the file, without what is left at its default. */
  public String text() {
    StringBuilder text = new StringBuilder("{ ");
    if (!protocolLabel().equals("tcp")) {
      text.append("proto = \"").append(protocolLabel()).append("\", ");
    }
    boolean single = ports.first() == ports.last();
    text.append("port = ").append(single ? portLabel() : "\"" + portLabel() + "\"");
    if (scope != AddressScope.PUBLIC) {
      text.append(", scope = \"").append(scope.label()).append('"');
    }
    quoted(text, "process", process);
    quoted(text, "unit", unit);
    if (uid >= 0) {
      text.append(", uid = ").append(uid);
    }
    return text.append(required ? ", required = true }" : " }").toString();
  }

  private static void quoted(StringBuilder text, String key, String value) {
    if (!value.isEmpty()) {
      text.append(", ").append(key).append(" = \"").append(value).append('"');
    }
  }
}
