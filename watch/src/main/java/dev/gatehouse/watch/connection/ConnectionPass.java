package dev.gatehouse.watch.connection;

import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.listening.RowCollector;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One look at all TCP sockets: listeners first, since they tell which connections came in.
 *
 * <p>Not for concurrent use; the arrays for counting are kept from pass to pass.
 */
public final class ConnectionPass {

  private static final int MAX_LISTENERS = 65_536;

  private final SocketTable table;
  private final BiConsumer<SocketQuery, ReadResult> results;
  private final ListenerIndex listeners = new ListenerIndex();
  private final ConnectionTally ipv4 = new ConnectionTally(listeners);
  private final ConnectionTally ipv6 = new ConnectionTally(listeners);

  /** A pass over the table, which tells how each of its queries went. */
  public ConnectionPass(SocketTable table, BiConsumer<SocketQuery, ReadResult> results) {
    this.table = table;
    this.results = results;
  }

  /** The counts, or nothing if a query failed: half a count misleads. */
  public Optional<ConnectionCounts> run(Instant at, int maxPorts) {
    listeners.clear();
    ipv4.restart();
    ipv6.restart();
    boolean complete =
        readListeners(SocketQuery.TCP4_LISTENERS)
            && readListeners(SocketQuery.TCP6_LISTENERS)
            && read(SocketQuery.TCP4_CONNECTIONS, ipv4)
            && read(SocketQuery.TCP6_CONNECTIONS, ipv6);
    if (!complete) {
      return Optional.empty();
    }
    ipv4.add(ipv6);
    return Optional.of(ipv4.counts(at, maxPorts));
  }

  private boolean readListeners(SocketQuery query) {
    RowCollector rows = new RowCollector(MAX_LISTENERS);
    boolean complete = read(query, rows);
    rows.rows().forEach(listeners::add);
    return complete;
  }

  private boolean read(SocketQuery query, RowVisitor visitor) {
    ReadResult result = table.read(query, visitor);
    results.accept(query, result);
    return result instanceof ReadResult.Complete;
  }
}
