package dev.gatehouse.watch.listening;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.watch.exposure.Listener;
import java.util.Set;

/**
 * What a scan could not read; it says nothing about what is there.
 *
 * @param queries of the own namespace that failed or are switched off
 * @param namespaces other namespaces that could not be read as a whole
 */
public record Unread(Set<SocketQuery> queries, Set<String> namespaces) {

  /** Everything was read. */
  public static final Unread NOTHING = new Unread(Set.of(), Set.of());

  public Unread {
    queries = Set.copyOf(queries);
    namespaces = Set.copyOf(namespaces);
  }

  /** Whether a row's absence means nothing. */
  public boolean covers(TableRow row) {
    Listener listener = row.listener();
    return listener.binding().isOwnNetns()
        ? queries.contains(query(listener.binding().protocol(), row.socketFamily()))
        : namespaces.contains(listener.binding().netns());
  }

  /** Whether some part of the protocol's table was not read. */
  public boolean touches(Protocol protocol) {
    return queries.contains(query(protocol, AddressFamily.IPV4))
        || queries.contains(query(protocol, AddressFamily.IPV6));
  }

  /** The dump that yields the listeners of a protocol and a family. */
  public static SocketQuery query(Protocol protocol, AddressFamily family) {
    boolean v4 = family == AddressFamily.IPV4;
    return switch (protocol) {
      case TCP -> v4 ? SocketQuery.TCP4_LISTENERS : SocketQuery.TCP6_LISTENERS;
      case UDP -> v4 ? SocketQuery.UDP4_LISTENERS : SocketQuery.UDP6_LISTENERS;
    };
  }
}
