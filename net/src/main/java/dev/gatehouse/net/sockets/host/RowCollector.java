package dev.gatehouse.net.sockets.host;

import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketView;
import java.util.List;

/** Copies rows into a list. */
record RowCollector(List<SocketRow> rows) implements RowVisitor {

  @Override
  public void row(SocketView view) {
    rows.add(view.copy());
  }

  @Override
  public void restart() {
    rows.clear();
  }
}
