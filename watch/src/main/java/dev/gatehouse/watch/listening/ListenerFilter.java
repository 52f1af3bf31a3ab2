package dev.gatehouse.watch.listening;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.exposure.Binding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Tells listeners from other sockets.
 *
 * <p>TCP listens by state. UDP listens when it is bound and has no peer; the kernel cannot tell a
 * server from a client that waits for an answer, so a port out of the range for clients only marks
 * the socket, and keeps it out until it has lived for the settling time, if there is one.
 *
 * <p>One instance per namespace: it remembers when it first saw each socket of that range.
 */
public final class ListenerFilter {

  private record SocketId(long inode, long cookie) {}

  private final String netns;
  private final IntFunction<String> interfaceNames;
  private Map<SocketId, Long> firstSeenNanos = new HashMap<>();

  /** A filter for the rows of one namespace, whose devices the function names. */
  public ListenerFilter(String netns, IntFunction<String> interfaceNames) {
    this.netns = netns;
    this.interfaceNames = interfaceNames;
  }

  /** The listeners among the rows of one scan, in their order. */
  public List<FoundSocket> filter(
      List<SocketRow> rows, PortRange clientPorts, long settleNanos, long nowNanos) {
    Map<SocketId, Long> seen = new HashMap<>();
    List<FoundSocket> found = new ArrayList<>(rows.size());
    for (SocketRow row : rows) {
      boolean ephemeral = row.protocol() == Protocol.UDP && clientPorts.contains(row.localPort());
      if (listens(row) && (!ephemeral || settled(row, seen, settleNanos, nowNanos))) {
        found.add(new FoundSocket(row, binding(row), ephemeral));
      }
    }
    firstSeenNanos = seen;
    return found;
  }

  private static boolean listens(SocketRow row) {
    return switch (row.protocol()) {
      case TCP -> row.state() == SocketState.LISTEN;
      // compared as bits: as text, a peer that is all zero looks like an address
      case UDP ->
          row.state() == SocketState.CLOSE
              && row.remotePort() == 0
              && row.remoteAddress().unmapped().isWildcard();
    };
  }

  private boolean settled(
      SocketRow row, Map<SocketId, Long> seen, long settleNanos, long nowNanos) {
    if (settleNanos == 0) {
      return true;
    }
    SocketId id = new SocketId(row.inode(), row.cookie());
    long first = firstSeenNanos.getOrDefault(id, nowNanos);
    seen.put(id, first);
    return nowNanos - first >= settleNanos;
  }

  private Binding binding(SocketRow row) {
    IpAddress address = row.localAddress().unmapped();
    boolean v6 = address.family() == AddressFamily.IPV6;
    int device = row.interfaceIndex();
    return new Binding(
        netns,
        row.protocol(),
        address.family(),
        address,
        device == 0 ? "" : interfaceNames.apply(device),
        row.localPort(),
        v6 ? row.v6Only() : V6Only.UNKNOWN);
  }
}
