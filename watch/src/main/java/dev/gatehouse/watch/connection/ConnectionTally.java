package dev.gatehouse.watch.connection;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.SocketView;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.exposure.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts connections; a host may have a million, so a row costs no object. */
final class ConnectionTally implements RowVisitor {

  private static final int PORTS = 65_536;
  private static final SocketState[] STATES = SocketState.values();
  private static final Direction[] DIRECTIONS = Direction.values();
  private static final AddressScope[] SCOPES = AddressScope.values();
  private static final long HIGH_OF_MAPPED = 0;
  private static final long MAPPED_PREFIX = 0xffff;

  private final ListenerIndex listeners;
  private final long[] counts = new long[STATES.length * DIRECTIONS.length * SCOPES.length];
  private final long[] inboundByPort = new long[PORTS];

  ConnectionTally(ListenerIndex listeners) {
    this.listeners = listeners;
  }

  @Override
  public void restart() {
    Arrays.fill(counts, 0);
    Arrays.fill(inboundByPort, 0);
  }

  @Override
  public void row(SocketView view) {
    boolean inbound = isInbound(view);
    Direction direction = inbound ? Direction.INBOUND : Direction.OUTBOUND;
    counts[index(view.state(), direction, remoteScope(view))]++;
    if (inbound) {
      inboundByPort[view.localPort()]++;
    }
  }

  private boolean isInbound(SocketView view) {
    long high = view.localHigh();
    long low = view.localLow();
    boolean mapped = high == HIGH_OF_MAPPED && low >>> 32 == MAPPED_PREFIX;
    boolean isIpv4 = view.family() == AddressFamily.IPV4 || mapped;
    return listeners.covers(view.localPort(), isIpv4, high, isIpv4 ? low & 0xffff_ffffL : low);
  }

  private static AddressScope remoteScope(SocketView view) {
    long high = view.remoteHigh();
    long low = view.remoteLow();
    return view.remotePort() == 0 && high == 0 && low == 0
        ? AddressScope.NONE
        : AddressScope.of(view.family(), high, low);
  }

  @SuppressWarnings("EnumOrdinal") // a dense index into an array of this object's own
  private static int index(SocketState state, Direction direction, AddressScope scope) {
    return (state.ordinal() * DIRECTIONS.length + direction.ordinal()) * SCOPES.length
        + scope.ordinal();
  }

  /** Adds what the other has, so that one family's dump can begin again without the other's. */
  void add(ConnectionTally other) {
    Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    Arrays.setAll(inboundByPort, port -> inboundByPort[port] + other.inboundByPort[port]);
  }

  /** What was counted; of the ports only the {@code maxPorts} with most connections. */
  ConnectionCounts counts(Instant takenAt, int maxPorts) {
    counts[index(SocketState.LISTEN, Direction.INBOUND, AddressScope.NONE)] = listeners.size();
    List<Integer> ports = busyPorts();
    Map<Integer, Long> byPort = new HashMap<>();
    ports.stream().limit(maxPorts).forEach(port -> byPort.put(port, inboundByPort[port]));
    return new ConnectionCounts(takenAt, rows(), byPort, ports.size() - byPort.size());
  }

  private List<ConnectionCounts.Row> rows() {
    List<ConnectionCounts.Row> rows = new ArrayList<>();
    for (SocketState state : STATES) {
      for (Direction direction : DIRECTIONS) {
        for (AddressScope scope : SCOPES) {
          long count = counts[index(state, direction, scope)];
          if (count > 0) {
            rows.add(new ConnectionCounts.Row(state, direction, scope, count));
          }
        }
      }
    }
    return rows;
  }

  private List<Integer> busyPorts() {
    List<Integer> ports = new ArrayList<>();
    for (int port = 0; port < PORTS; port++) {
      if (inboundByPort[port] > 0) {
        ports.add(port);
      }
    }
    ports.sort(
        Comparator.<Integer>comparingLong(port -> -inboundByPort[port])
            .thenComparing(Comparator.naturalOrder()));
    return ports;
  }
}
