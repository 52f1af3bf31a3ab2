package dev.gatehouse.control.relay;

import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.relay.view.BanView;
import dev.gatehouse.relay.view.ConditionView;
import dev.gatehouse.relay.view.ConnectionView;
import dev.gatehouse.relay.view.PhoneView;
import dev.gatehouse.relay.view.ServerView;
import dev.gatehouse.relay.view.TotalsView;
import dev.gatehouse.relay.view.TrafficView;
import dev.gatehouse.v1.GetRelayStatusResponse;
import dev.gatehouse.v1.RelayBan;
import dev.gatehouse.v1.RelayConnection;
import dev.gatehouse.v1.RelayPhone;
import dev.gatehouse.v1.RelayServer;
import dev.gatehouse.v1.RelayServerState;
import dev.gatehouse.v1.RelayTraffic;
import java.util.Locale;

/** Views of the relay as messages. */
final class RelayMessages {

  private RelayMessages() {}

  static GetRelayStatusResponse status(TotalsView totals, ConditionView condition) {
    GetRelayStatusResponse.Builder status =
        GetRelayStatusResponse.newBuilder()
            .setMode(condition.mode().name().toLowerCase(Locale.ROOT))
            .setDomain(condition.domain())
            .setConnections(totals.connections())
            .setConnectionsLimit(totals.limit())
            .setPending(totals.pending())
            .setBinaries(totals.binaries())
            .setGraced(totals.graced())
            .setPhones(totals.phones())
            .setOutboxBytes(totals.outboxBytes())
            .setOutboxLimitBytes(totals.outboxLimitBytes())
            .setPausedPhones(totals.pausedPhones())
            .setPushOn(condition.pushesInFlight().isPresent())
            .setPushesInFlight(condition.pushesInFlight().orElse(0))
            .setDraining(totals.draining());
    condition.certificate().ifPresent(certificate -> certificate(status, certificate));
    return status.build();
  }

  static RelayTraffic traffic(TrafficView view) {
    return RelayTraffic.newBuilder()
        .setMessagesToBinaries(view.messagesToBinaries())
        .setBytesToBinaries(view.bytesToBinaries())
        .setMessagesToPhones(view.messagesToPhones())
        .setBytesToPhones(view.bytesToPhones())
        .build();
  }

  private static void certificate(
      GetRelayStatusResponse.Builder status, CertificateView certificate) {
    certificate
        .served()
        .ifPresent(served -> status.setCertificateNotAfter(TimeMessages.of(served.notAfter())));
    status.setCertificateError(certificate.lastError().orElse(""));
  }

  static RelayServer server(ServerView view) {
    RelayServer.Builder server =
        RelayServer.newBuilder()
            .setServerId(view.serverId())
            .setState(state(view))
            .setPhones(view.phones().size());
    view.binary().map(RelayMessages::connection).ifPresent(server::setBinary);
    view.graceLeft().map(TimeMessages::of).ifPresent(server::setGraceLeft);
    return server.build();
  }

  static RelayServerState state(ServerView view) {
    return view.binary().isPresent()
        ? RelayServerState.RELAY_SERVER_STATE_LIVE
        : RelayServerState.RELAY_SERVER_STATE_GRACED;
  }

  static RelayPhone phone(PhoneView view) {
    return RelayPhone.newBuilder()
        .setConnection(connection(view.connection()))
        .setOutboxBytes(view.outboxBytes())
        .setPaused(view.paused())
        .build();
  }

  static RelayBan ban(BanView view) {
    return RelayBan.newBuilder()
        .setServerId(view.serverId())
        .setUntil(TimeMessages.of(view.until()))
        .build();
  }

  private static RelayConnection connection(ConnectionView view) {
    return RelayConnection.newBuilder()
        .setConnId(view.name())
        .setLabel(view.label())
        .setRemote(view.remote())
        .setSince(TimeMessages.of(view.since()))
        .setLastSeen(TimeMessages.of(view.lastSeen()))
        .setFramesIn(view.traffic().framesIn())
        .setBytesIn(view.traffic().bytesIn())
        .setFramesOut(view.traffic().framesOut())
        .setBytesOut(view.traffic().bytesOut())
        .build();
  }
}
