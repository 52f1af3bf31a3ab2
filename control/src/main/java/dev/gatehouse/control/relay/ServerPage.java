package dev.gatehouse.control.relay;

import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.relay.view.ConnectionView;
import dev.gatehouse.relay.view.ServerView;
import dev.gatehouse.v1.ListServersRequest;
import dev.gatehouse.v1.ListServersResponse;
import dev.gatehouse.v1.RelayServerState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A part of all server-ids. Only in the order of the ids is there a next page: in the others a
 * server-id may change its place between two of them.
 */
final class ServerPage {

  private static final int MOST = 1000;

  private static final Comparator<ServerView> BY_ID = Comparator.comparing(ServerView::serverId);

  private ServerPage() {}

  static ListServersResponse of(List<ServerView> all, ListServersRequest request)
      throws EditRefusedException {
    int size = size(request);
    List<ServerView> rest =
        all.stream()
            .filter(wanted(request.getState()))
            .filter(server -> server.serverId().compareTo(request.getPageToken()) > 0)
            .sorted(order(request).thenComparing(BY_ID))
            .toList();
    List<ServerView> page = rest.subList(0, Math.min(size, rest.size()));
    ListServersResponse.Builder response =
        ListServersResponse.newBuilder()
            .addAllServers(page.stream().map(RelayMessages::server).toList());
    if (page.size() < rest.size() && isByIds(request)) {
      response.setNextPageToken(page.getLast().serverId());
    }
    return response.build();
  }

  private static int size(ListServersRequest request) throws EditRefusedException {
    int asked = request.getPageSize();
    if (asked < 0 || asked > MOST) {
      throw new EditRefusedException(
          Reason.INVALID, "page_size", asked + " (expected: 0–" + MOST + ")");
    }
    if (!isByIds(request) && !request.getPageToken().isEmpty()) {
      throw new EditRefusedException(
          Reason.INVALID, "page_token", "only in the order of server-ids are there pages");
    }
    return asked == 0 ? MOST : asked;
  }

  private static boolean isByIds(ListServersRequest request) {
    return switch (request.getOrder()) {
      case RELAY_SERVER_ORDER_UNSPECIFIED, UNRECOGNIZED -> true;
      case RELAY_SERVER_ORDER_PHONES, RELAY_SERVER_ORDER_SINCE, RELAY_SERVER_ORDER_BYTES -> false;
    };
  }

  private static Predicate<ServerView> wanted(RelayServerState state) {
    return switch (state) {
      case RELAY_SERVER_STATE_LIVE, RELAY_SERVER_STATE_GRACED ->
          server -> RelayMessages.state(server) == state;
      case RELAY_SERVER_STATE_UNSPECIFIED, UNRECOGNIZED -> server -> true;
    };
  }

  private static Comparator<ServerView> order(ListServersRequest request) {
    return switch (request.getOrder()) {
      case RELAY_SERVER_ORDER_PHONES ->
          Comparator.comparingInt((ServerView server) -> server.phones().size()).reversed();
      case RELAY_SERVER_ORDER_SINCE ->
          Comparator.comparing(
              server -> server.binary().map(ConnectionView::since).orElse(Instant.MAX));
      case RELAY_SERVER_ORDER_BYTES ->
          Comparator.comparingLong(
                  (ServerView server) -> server.binary().map(ServerPage::bytes).orElse(0L))
              .reversed();
      case RELAY_SERVER_ORDER_UNSPECIFIED, UNRECOGNIZED -> BY_ID;
    };
  }

  private static long bytes(ConnectionView connection) {
    return connection.traffic().bytesIn() + connection.traffic().bytesOut();
  }
}
