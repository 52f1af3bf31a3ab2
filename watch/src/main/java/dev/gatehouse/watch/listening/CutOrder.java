package dev.gatehouse.watch.listening;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Listener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of listeners, the most telling first, so that a cap cuts what matters least.
 *
 * <p>A flood of client sockets comes last and drops itself; public UDP outlives loopback TCP. Most
 * comparisons end at one number, since the order is made at every scan.
 */
final class CutOrder {

  private record Ranked(long rank, TableRow row) {}

  private static final Comparator<Ranked> ORDER =
      Comparator.comparingLong(Ranked::rank)
          .thenComparing(ranked -> ranked.row().listener(), CutOrder::compareEqualRanks);

  private CutOrder() {}

  static List<TableRow> sorted(List<TableRow> rows) {
    List<Ranked> ranked = new ArrayList<>(rows.size());
    rows.forEach(row -> ranked.add(new Ranked(rank(row.listener()), row)));
    ranked.sort(ORDER);
    List<TableRow> sorted = new ArrayList<>(rows.size());
    ranked.forEach(entry -> sorted.add(entry.row()));
    return sorted;
  }

  private static long rank(Listener listener) {
    Binding binding = listener.binding();
    long rank = listener.ephemeral() ? 1 : 0;
    rank = (rank << 2) | AddressScope.PUBLIC.compareTo(binding.scope());
    rank = (rank << 1) | (binding.protocol() == Protocol.TCP ? 0 : 1);
    rank = (rank << 16) | binding.port();
    return (rank << 1) | (binding.family() == AddressFamily.IPV4 ? 0 : 1);
  }

  private static int compareEqualRanks(Listener left, Listener right) {
    int process = left.owner().process().compareTo(right.owner().process());
    if (process != 0) {
      return process;
    }
    int address = compareAddresses(left.binding(), right.binding());
    return address != 0 ? address : Integer.compare(left.owner().pid(), right.owner().pid());
  }

  private static int compareAddresses(Binding left, Binding right) {
    int high = Long.compareUnsigned(left.address().high(), right.address().high());
    if (high != 0) {
      return high;
    }
    int low = Long.compareUnsigned(left.address().low(), right.address().low());
    if (low != 0) {
      return low;
    }
    int device = left.interfaceName().compareTo(right.interfaceName());
    return device != 0 ? device : left.netns().compareTo(right.netns());
  }
}
