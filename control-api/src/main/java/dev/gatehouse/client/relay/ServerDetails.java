package dev.gatehouse.client.relay;

import java.util.List;

/** A server-id with its phones. */
public record ServerDetails(RelayServer server, List<RelayPhone> phones) {

  public ServerDetails {
    phones = List.copyOf(phones);
  }
}
