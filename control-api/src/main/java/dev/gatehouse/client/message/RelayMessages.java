package dev.gatehouse.client.message;

import dev.gatehouse.client.relay.RelayBan;
import dev.gatehouse.client.relay.RelayConnection;
import dev.gatehouse.client.relay.RelayNow;
import dev.gatehouse.client.relay.RelayPhone;
import dev.gatehouse.client.relay.RelayServer;
import dev.gatehouse.client.relay.RelayStatus;
import dev.gatehouse.v1.GetRelayStatusResponse;
import dev.gatehouse.v1.RelayRates;
import dev.gatehouse.v1.RelayTraffic;
import dev.gatehouse.v1.WatchRelayResponse;
import java.util.Optional;
import java.util.OptionalLong;

/** The relay's messages as records. */
public final class RelayMessages {

  private RelayMessages() {}

  public static RelayStatus status(GetRelayStatusResponse message) {
    return new RelayStatus(
        message.getMode(),
        message.getDomain(),
        new RelayStatus.Counts(
            message.getBinaries(),
            message.getGraced(),
            message.getPhones(),
            message.getConnections(),
            message.getConnectionsLimit(),
            message.getPending()),
        new RelayStatus.Backlog(
            message.getOutboxBytes(), message.getOutboxLimitBytes(), message.getPausedPhones()),
        Moments.instant(message.hasCertificateNotAfter(), message.getCertificateNotAfter()),
        message.getCertificateError(),
        message.getPushOn() ? OptionalLong.of(message.getPushesInFlight()) : OptionalLong.empty(),
        message.getDraining());
  }

  public static RelayNow now(WatchRelayResponse message) {
    RelayTraffic total = message.getTraffic();
    RelayRates rates = message.getRates();
    return new RelayNow(
        status(message.getStatus()),
        new RelayNow.Forwarded<>(
            total.getMessagesToBinaries(),
            total.getBytesToBinaries(),
            total.getMessagesToPhones(),
            total.getBytesToPhones()),
        new RelayNow.Forwarded<>(
            rates.getMessagesToBinaries(),
            rates.getBytesToBinaries(),
            rates.getMessagesToPhones(),
            rates.getBytesToPhones()));
  }

  public static RelayServer server(dev.gatehouse.v1.RelayServer message) {
    RelayServer.State state =
        switch (message.getState()) {
          case RELAY_SERVER_STATE_LIVE -> RelayServer.State.LIVE;
          case RELAY_SERVER_STATE_GRACED -> RelayServer.State.GRACED;
          case RELAY_SERVER_STATE_UNSPECIFIED, UNRECOGNIZED -> RelayServer.State.UNKNOWN;
        };
    return new RelayServer(
        message.getServerId(),
        state,
        message.hasBinary() ? Optional.of(connection(message.getBinary())) : Optional.empty(),
        Moments.duration(message.hasGraceLeft(), message.getGraceLeft()),
        message.getPhones());
  }

  public static RelayPhone phone(dev.gatehouse.v1.RelayPhone message) {
    return new RelayPhone(
        connection(message.getConnection()), message.getOutboxBytes(), message.getPaused());
  }

  public static RelayBan ban(dev.gatehouse.v1.RelayBan message) {
    return new RelayBan(message.getServerId(), Moments.instant(message.getUntil()));
  }

  private static RelayConnection connection(dev.gatehouse.v1.RelayConnection message) {
    return new RelayConnection(
        message.getConnId(),
        message.getLabel(),
        message.getRemote(),
        Moments.instant(message.getSince()),
        Moments.instant(message.getLastSeen()),
        new RelayConnection.Traffic(
            message.getFramesIn(),
            message.getBytesIn(),
            message.getFramesOut(),
            message.getBytesOut()));
  }
}
