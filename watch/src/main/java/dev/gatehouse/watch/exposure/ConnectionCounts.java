package dev.gatehouse.watch.exposure;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.SocketState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How many TCP sockets are in which state, with whom; immutable.
 *
 * @param byPort inbound sockets other than listeners, by local port
 * @param truncated ports left out of {@code byPort}
 */
public record ConnectionCounts(
    Instant takenAt, List<Row> rows, Map<Integer, Long> byPort, int truncated) {

  /** The number of sockets of one combination. */
  public record Row(SocketState state, Direction direction, AddressScope remoteScope, long count) {}

  public ConnectionCounts {
    rows = List.copyOf(rows);
    byPort = Map.copyOf(byPort);
  }
}
