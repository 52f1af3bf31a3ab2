package dev.gatehouse.watch.connection;

import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One look at all TCP sockets: listeners first, since they tell which connections came in.
 *
 * <p>Not for concurrent use; the arrays for counting are kept from pass to pass.
 */
public final class ConnectionPass {

  private final SocketTable table;
  private final BiConsumer<SocketQuery, ReadResult> results;
  private final ConnectionTally tally = new ConnectionTally();

  /** A pass over the table, which tells how each of its queries went. */
  public ConnectionPass(SocketTable table, BiConsumer<SocketQuery, ReadResult> results) {
    this.table = table;
    this.results = results;
  }

  /** The counts, or nothing if a query failed: half a count misleads. */
  public Optional<ConnectionCounts> run(Instant at, int maxPorts) {
    tally.clear();
    RowVisitor listener = view -> tally.listener(view.copy());
    boolean complete =
        read(SocketQuery.TCP4_LISTENERS, listener)
            && read(SocketQuery.TCP6_LISTENERS, listener)
            && read(SocketQuery.TCP4_CONNECTIONS, tally)
            && read(SocketQuery.TCP6_CONNECTIONS, tally);
    return complete ? Optional.of(tally.counts(at, maxPorts)) : Optional.empty();
  }

  private boolean read(SocketQuery query, RowVisitor visitor) {
    ReadResult result = table.read(query, visitor);
    results.accept(query, result);
    return result instanceof ReadResult.Complete;
  }
}
