package dev.gatehouse.watch.listening;

import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** Makes the rows of the table out of sockets and their owners: twins merged, sorted. */
public final class ListenerTable {

  private record Identity(Binding binding, int pid, String unit) {

    @Override
    public int hashCode() {
      return (Place.of(binding).hashCode() * 31 + pid) * 31 + unit.hashCode();
    }
  }

  private ListenerTable() {}

  /**
   * The rows of a scan, in the order in which a cap cuts; none is judged yet.
   *
   * @param owners of the sockets, in the same order
   * @param users the name of a uid, empty if unknown
   */
  public static List<TableRow> rows(
      List<FoundSocket> sockets, List<Owner> owners, LongFunction<String> users) {
    Map<Identity, Twins> twins = LinkedHashMap.newLinkedHashMap(sockets.size());
    for (int i = 0; i < sockets.size(); i++) {
      FoundSocket socket = sockets.get(i);
      Owner owner = owners.get(i);
      Identity identity = new Identity(socket.binding(), owner.pid(), owner.unit());
      Twins known = twins.get(identity);
      if (known == null) {
        twins.put(identity, new Twins(socket, owner));
      } else {
        known.add(socket);
      }
    }
    List<TableRow> rows = new ArrayList<>(twins.size());
    twins.values().forEach(merged -> rows.add(merged.row(users)));
    return CutOrder.sorted(rows);
  }

  /** Of the listeners that a place has, those that come later say nothing new. */
  static Map<Place, TableRow> byPlace(List<TableRow> rows) {
    Map<Place, TableRow> places = LinkedHashMap.newLinkedHashMap(rows.size());
    for (TableRow row : rows) {
      Listener listener = row.listener();
      places.putIfAbsent(Place.of(listener.binding()), row);
    }
    return places;
  }
}
