package dev.gatehouse.net.sockets.host;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.ReadResult.Unavailable;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.net.sockets.diag.NetlinkSocketTable;
import dev.gatehouse.net.sockets.proc.ProcSocketTable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a second table where the first is unavailable, for that protocol and family only.
 *
 * <p>Which one answered is in {@link ReadResult.Complete#source}. A caller that finds {@code PROC}
 * there waits at least 10 s until its clock's next read, and 1 s until one that somebody asked for.
 */
public final class FallbackSocketTable implements SocketTable {

  /** How long an unavailable table is left alone. */
  static final Duration RETRY_AFTER = Duration.ofMinutes(10);

  private final SocketTable first;
  private final SocketTable second;
  private final Ticker ticker;
  private final Map<Kind, Long> unavailableSince = new ConcurrentHashMap<>();

  FallbackSocketTable(SocketTable first, SocketTable second, Ticker ticker) {
    this.first = first;
    this.second = second;
    this.ticker = ticker;
  }

  /** The network namespace of Gatehouse: netlink, else {@code /proc}. */
  public static FallbackSocketTable ofHost(Ticker ticker) {
    return new FallbackSocketTable(
        NetlinkSocketTable.ofHost(), new ProcSocketTable(ProcSocketTable.OWN_NAMESPACE), ticker);
  }

  @Override
  public ReadResult read(SocketQuery query, RowVisitor visitor) {
    Kind kind = new Kind(query.protocol(), query.family());
    if (isLeftAlone(kind)) {
      return second.read(query, visitor);
    }
    ReadResult result = first.read(query, visitor);
    if (!(result instanceof Unavailable)) {
      unavailableSince.remove(kind);
      return result;
    }
    unavailableSince.put(kind, ticker.nanos());
    visitor.restart();
    return second.read(query, visitor);
  }

  private boolean isLeftAlone(Kind kind) {
    Long since = unavailableSince.get(kind);
    return since != null && ticker.nanos() - since < RETRY_AFTER.toNanos();
  }

  /** What the kernel refuses or grants as one: it has a diagnosis module for each protocol. */
  private record Kind(Protocol protocol, AddressFamily family) {}
}
