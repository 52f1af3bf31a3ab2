package dev.gatehouse.watch.listening;

import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Queues;
import dev.gatehouse.watch.exposure.Verdict;
import java.util.function.LongFunction;

/** Sockets of one process at one place, which SO_REUSEPORT allows: one row of the table. */
final class Twins {

  private final FoundSocket first;
  private final Owner owner;
  private Queues queues;
  private int sockets = 1;

  Twins(FoundSocket first, Owner owner) {
    this.first = first;
    this.owner = owner;
    this.queues = queues(first.row());
  }

  void add(FoundSocket twin) {
    sockets++;
    queues = queues.merge(queues(twin.row()));
  }

  TableRow row(LongFunction<String> users) {
    long socketUid = first.row().uid();
    Listener listener =
        new Listener(
            first.binding(),
            owner,
            socketUid,
            users.apply(owner.uid() >= 0 ? owner.uid() : socketUid),
            sockets,
            first.ephemeral(),
            queues,
            Verdict.UNJUDGED,
            "",
            "");
    return new TableRow(listener, first.row().family());
  }

  private static Queues queues(SocketRow row) {
    return row.protocol() == Protocol.TCP
        ? new Queues(row.receiveQueue(), row.sendQueue(), -1)
        : new Queues(row.receiveQueue(), row.receiveBuffer(), row.drops());
  }
}
