package dev.gatehouse.cli.relay;

import dev.gatehouse.client.relay.RelayConnection;
import dev.gatehouse.client.relay.RelayServer;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** By what server-ids are sorted, apart from the ids themselves. */
enum ServerOrder {
  PHONES,
  SINCE,
  BYTES;

  static Comparator<RelayServer> comparator(@Nullable ServerOrder order) {
    Comparator<RelayServer> byId = Comparator.comparing(RelayServer::serverId);
    if (order == null) {
      return byId;
    }
    Comparator<RelayServer> first =
        switch (order) {
          case PHONES -> Comparator.comparingLong(RelayServer::phones).reversed();
          case SINCE ->
              Comparator.comparing(
                  server -> server.binary().map(RelayConnection::since).orElse(Instant.MAX));
          case BYTES -> Comparator.comparingLong(ServerOrder::bytes).reversed();
        };
    return first.thenComparing(byId);
  }

  private static long bytes(RelayServer server) {
    return server
        .binary()
        .map(RelayConnection::traffic)
        .map(traffic -> traffic.bytesIn() + traffic.bytesOut())
        .orElse(0L);
  }
}
