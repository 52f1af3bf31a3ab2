package dev.gatehouse.watch.series;

import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.listening.FoundSocket;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Datagrams dropped at listening sockets, as counters that never fall.
 *
 * <p>The kernel counts per socket, and a socket that is opened again begins at zero; so the
 * differences of each socket are added to the tuple that it belongs to.
 */
final class UdpDrops {

  /** Tuples whose sum is kept while no socket has it: the last ones seen. */
  private static final int MAX_TUPLES = 4096;

  private record SocketId(long cookie, long inode) {}

  private Map<SocketId, Long> last = Map.of();
  private final SequencedMap<PortTuple, Long> sums = new LinkedHashMap<>();

  void update(List<FoundSocket> sockets, List<Owner> owners) {
    Map<SocketId, Long> present = new HashMap<>();
    for (int i = 0; i < sockets.size(); i++) {
      FoundSocket socket = sockets.get(i);
      SocketRow row = socket.row();
      if (row.protocol() == Protocol.UDP && row.drops() >= 0 && socket.binding().isOwnNetns()) {
        SocketId id = new SocketId(row.cookie(), row.inode());
        present.put(id, row.drops());
        long before = Math.min(last.getOrDefault(id, 0L), row.drops());
        add(PortTuple.of(socket.binding(), owners.get(i).process()), row.drops() - before);
      }
    }
    last = present;
    while (sums.size() > MAX_TUPLES) {
      sums.pollFirstEntry();
    }
  }

  private void add(PortTuple tuple, long difference) {
    Long sum = sums.remove(tuple);
    sums.putLast(tuple, (sum == null ? 0 : sum) + difference);
  }

  long sum(PortTuple tuple) {
    return sums.getOrDefault(tuple, 0L);
  }
}
