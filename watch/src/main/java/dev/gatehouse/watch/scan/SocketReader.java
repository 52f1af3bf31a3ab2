package dev.gatehouse.watch.scan;

import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.watch.SocketSourceChoice;
import dev.gatehouse.watch.exposure.SourceUse;
import dev.gatehouse.watch.listening.RowCollector;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the four dumps that yield listeners; each may fail without the others. */
final class SocketReader {

  static final int MAX_ROWS = 65_536;

  private static final List<SocketQuery> QUERIES =
      List.of(
          SocketQuery.TCP4_LISTENERS,
          SocketQuery.TCP6_LISTENERS,
          SocketQuery.UDP4_LISTENERS,
          SocketQuery.UDP6_LISTENERS);

  /**
   * What one scan read.
   *
   * @param unread queries that failed or are switched off
   * @param surplus rows beyond what is held
   */
  record Reading(
      List<SocketRow> rows, List<SourceUse> sources, Set<SocketQuery> unread, long surplus) {

    /** Whether nothing at all could be read. */
    boolean isBlind() {
      return sources.stream().noneMatch(use -> use.error().isEmpty());
    }

    /** Whether some part came from the source that is dear to read. */
    boolean usesProc() {
      return sources.stream().anyMatch(use -> use.source() == SocketSource.PROC);
    }
  }

  private final SourceHealth health;

  SocketReader(SourceHealth health) {
    this.health = health;
  }

  Reading read(SocketTable table, SocketSourceChoice choice, boolean udp, long nowNanos) {
    List<SocketRow> rows = new ArrayList<>();
    List<SourceUse> sources = new ArrayList<>();
    Set<SocketQuery> unread = EnumSet.noneOf(SocketQuery.class);
    long surplus = 0;
    for (SocketQuery query : QUERIES) {
      if (query.protocol() == Protocol.UDP && !udp) {
        unread.add(query);
        continue;
      }
      RowCollector part = new RowCollector(MAX_ROWS - rows.size());
      ReadResult result = table.read(query, part);
      health.record(query, result, choice, nowNanos);
      sources.add(use(query, result));
      if (result instanceof ReadResult.Complete) {
        rows.addAll(part.rows());
        surplus += part.surplus();
      } else {
        unread.add(query);
      }
    }
    return new Reading(rows, sources, unread, surplus);
  }

  private static SourceUse use(SocketQuery query, ReadResult result) {
    return switch (result) {
      case ReadResult.Complete complete -> use(query, complete.source(), "");
      case ReadResult.Unavailable(SocketSource source, String reason) -> use(query, source, reason);
      case ReadResult.Failed(SocketSource source, String reason) -> use(query, source, reason);
    };
  }

  private static SourceUse use(SocketQuery query, SocketSource source, String error) {
    return new SourceUse(query.protocol(), query.family(), source, error);
  }
}
