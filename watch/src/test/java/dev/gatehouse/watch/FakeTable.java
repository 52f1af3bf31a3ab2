package dev.gatehouse.watch;

import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.net.sockets.SocketView;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** A kernel's table that holds what a test puts there; a query can fail or block. */
public final class FakeTable implements SocketTable {

  private final List<SocketRow> rows = new CopyOnWriteArrayList<>();
  private final Set<SocketQuery> failing = ConcurrentHashMap.newKeySet();
  private final AtomicInteger scans = new AtomicInteger();

  /** Held by a test that wants reads to block. */
  public final ReentrantLock gate = new ReentrantLock();

  private volatile SocketSource source = SocketSource.NETLINK;
  private volatile boolean bug;

  public FakeTable open(SocketRows... opened) {
    for (SocketRows row : opened) {
      rows.add(row.row());
    }
    return this;
  }

  public void close(SocketRows... closed) {
    for (SocketRows row : closed) {
      rows.remove(row.row());
    }
  }

  public void fail(SocketQuery... queries) {
    failing.addAll(List.of(queries));
  }

  public void recover() {
    failing.clear();
  }

  public void source(SocketSource other) {
    source = other;
  }

  /** Has every read end in an exception that no reader should throw. */
  public void bug(boolean isThere) {
    bug = isThere;
  }

  /** How often the listeners were read. */
  public int scans() {
    return scans.get();
  }

  @Override
  public ReadResult read(SocketQuery query, RowVisitor visitor) {
    gate.lock();
    try {
      if (query == SocketQuery.TCP4_LISTENERS) {
        scans.incrementAndGet();
      }
      if (bug) {
        throw new IllegalStateException("a bug of the test");
      }
      return failing.contains(query)
          ? new ReadResult.Failed(source, "timeout")
          : visit(query, visitor);
    } finally {
      gate.unlock();
    }
  }

  private ReadResult visit(SocketQuery query, RowVisitor visitor) {
    long count = 0;
    for (SocketRow row : rows) {
      SocketView view = SocketRows.view(row);
      boolean asked = row.protocol() == query.protocol() && row.family() == query.family();
      if (asked && query.takes(view)) {
        visitor.row(view);
        count++;
      }
    }
    return new ReadResult.Complete(source, count, 0, false);
  }
}
