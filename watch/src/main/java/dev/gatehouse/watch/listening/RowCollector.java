package dev.gatehouse.watch.listening;

import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketView;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows of one dump, up to a number; the rest is counted. */
public final class RowCollector implements RowVisitor {

  private final int atMost;
  private final List<SocketRow> rows = new ArrayList<>();
  private long surplus;

  /** Keeps at most so many. */
  public RowCollector(int atMost) {
    this.atMost = atMost;
  }

  @Override
  public void row(SocketView view) {
    if (rows.size() < atMost) {
      rows.add(view.copy());
    } else {
      surplus++;
    }
  }

  @Override
  public void restart() {
    rows.clear();
    surplus = 0;
  }

  /** The rows kept, in their order. */
  public List<SocketRow> rows() {
    return rows;
  }

  /** Rows beyond the limit. */
  public long surplus() {
    return surplus;
  }
}
