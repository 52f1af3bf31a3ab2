package dev.gatehouse.watch.listening;

import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.Listener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares each scan with the last.
 *
 * <p>What was not read is neither gone nor new: a place of a failed query is kept as it was, and
 * the first time that a query answers it only sets the ground. A place remembers the last name
 * known of its owner, so that a moment without a name does not hide that the program changed.
 */
public final class ListenerChanges {

  private record Known(TableRow row, Listener lastNamed) {}

  private Map<Place, Known> known = Map.of();
  private final Set<SocketQuery> everRead = EnumSet.noneOf(SocketQuery.class);
  private boolean othersRead;

  /**
   * What changed: openings and changes of hands in the order of the rows, then closings.
   *
   * @param namespaces whether other namespaces have been read, now or before
   */
  public List<ExposureEvent> update(
      List<TableRow> rows, Unread unread, boolean namespaces, Instant at) {
    List<ExposureEvent> events = new ArrayList<>();
    Map<Place, Known> next = LinkedHashMap.newLinkedHashMap(rows.size());
    ListenerTable.byPlace(rows)
        .forEach((place, row) -> next.put(place, seen(place, row, at, events)));
    known.forEach((place, gone) -> missed(place, gone, next, unread, at, events));
    known = next;
    remember(unread, namespaces);
    return events;
  }

  private Known seen(Place place, TableRow row, Instant at, List<ExposureEvent> events) {
    Known before = known.get(place);
    Listener listener = row.listener();
    if (before == null) {
      if (hasGround(row)) {
        events.add(new ExposureEvent.Opened(at, listener));
      }
      return new Known(row, listener);
    }
    String was = before.lastNamed().owner().process();
    String is = listener.owner().process();
    if (!was.isEmpty() && !is.isEmpty() && !was.equals(is)) {
      events.add(new ExposureEvent.OwnerChanged(at, listener, before.lastNamed()));
    }
    return new Known(row, is.isEmpty() ? before.lastNamed() : listener);
  }

  private static void missed(
      Place place,
      Known gone,
      Map<Place, Known> next,
      Unread unread,
      Instant at,
      List<ExposureEvent> events) {
    if (next.containsKey(place)) {
      return;
    }
    if (unread.covers(gone.row())) {
      next.put(place, gone);
    } else {
      events.add(new ExposureEvent.Closed(at, gone.row().listener()));
    }
  }

  private boolean hasGround(TableRow row) {
    Listener listener = row.listener();
    return listener.binding().isOwnNetns()
        ? everRead.contains(Unread.query(listener.binding().protocol(), row.socketFamily()))
        : othersRead;
  }

  private void remember(Unread unread, boolean namespaces) {
    for (SocketQuery query : SocketQuery.values()) {
      if (!unread.queries().contains(query)) {
        everRead.add(query);
      }
    }
    othersRead |= namespaces;
  }
}
