package dev.gatehouse.client;

import dev.gatehouse.client.message.Moments;
import dev.gatehouse.client.message.RelayMessages;
import dev.gatehouse.client.relay.Kicked;
import dev.gatehouse.client.relay.RelayBan;
import dev.gatehouse.client.relay.RelayNow;
import dev.gatehouse.client.relay.RelayServer;
import dev.gatehouse.client.relay.RelayStatus;
import dev.gatehouse.client.relay.ServerDetails;
import dev.gatehouse.v1.GetRelayStatusRequest;
import dev.gatehouse.v1.GetServerRequest;
import dev.gatehouse.v1.GetServerResponse;
import dev.gatehouse.v1.KickRequest;
import dev.gatehouse.v1.KickResponse;
import dev.gatehouse.v1.ListBansRequest;
import dev.gatehouse.v1.ListServersRequest;
import dev.gatehouse.v1.ListServersResponse;
import dev.gatehouse.v1.RelayServiceGrpc;
import dev.gatehouse.v1.RelayServiceGrpc.RelayServiceBlockingStub;
import dev.gatehouse.v1.RemoveBanRequest;
import dev.gatehouse.v1.WatchRelayRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The calls about the rendezvous of daemons behind NAT and their phones. */
public final class RelayClient {

  private final Calls calls;

  RelayClient(Calls calls) {
    this.calls = calls;
  }

  /** The relay as a whole. */
  public RelayStatus status() throws ControlException {
    return RelayMessages.status(
        answer(stub -> stub.getRelayStatus(GetRelayStatusRequest.getDefaultInstance())));
  }

  /**
   * The relay again and again.
   *
   * @param interval from 200 ms to 60 s
   */
  public Watching<RelayNow> watch(Duration interval) {
    WatchRelayRequest request =
        WatchRelayRequest.newBuilder().setInterval(Moments.message(interval)).build();
    return calls.watch(
        RelayServiceGrpc::newBlockingStub, stub -> stub.watchRelay(request), RelayMessages::now);
  }

  /** Every server-id that is held or waits for its binary, asked for page by page. */
  public List<RelayServer> servers() throws ControlException {
    List<RelayServer> all = new ArrayList<>();
    ListServersRequest next = ListServersRequest.getDefaultInstance();
    do {
      ListServersRequest request = next;
      ListServersResponse page = answer(stub -> stub.listServers(request));
      page.getServersList().stream().map(RelayMessages::server).forEach(all::add);
      next = request.toBuilder().setPageToken(page.getNextPageToken()).build();
    } while (!next.getPageToken().isEmpty());
    return all;
  }

  /** One server-id with its phones. */
  public ServerDetails server(String serverId) throws ControlException {
    GetServerRequest request = GetServerRequest.newBuilder().setServerId(serverId).build();
    GetServerResponse response = answer(stub -> stub.getServer(request));
    return new ServerDetails(
        RelayMessages.server(response.getServer()),
        response.getPhonesList().stream().map(RelayMessages::phone).toList());
  }

  /** Closes all connections of a server-id. */
  public Kicked kick(String serverId) throws ControlException {
    return kick(KickRequest.newBuilder().setServerId(serverId).build());
  }

  /** Closes one phone. */
  public Kicked kickPhone(String serverId, String connId) throws ControlException {
    return kick(KickRequest.newBuilder().setServerId(serverId).setConnId(connId).build());
  }

  /** Closes all connections of a server-id, which no binary may claim for that time. */
  public Kicked ban(String serverId, Duration time) throws ControlException {
    return kick(
        KickRequest.newBuilder().setServerId(serverId).setBan(Moments.message(time)).build());
  }

  /** Server-ids that no binary may claim for the time being. */
  public List<RelayBan> bans() throws ControlException {
    return answer(stub -> stub.listBans(ListBansRequest.getDefaultInstance()))
        .getBansList()
        .stream()
        .map(RelayMessages::ban)
        .toList();
  }

  /** Ends a ban. */
  public void removeBan(String serverId) throws ControlException {
    RemoveBanRequest request = RemoveBanRequest.newBuilder().setServerId(serverId).build();
    answer(stub -> stub.removeBan(request));
  }

  private Kicked kick(KickRequest request) throws ControlException {
    KickResponse response = answer(stub -> stub.kick(request));
    return new Kicked(response.getBinariesClosed(), response.getPhonesClosed());
  }

  private <T> T answer(Function<RelayServiceBlockingStub, T> call) throws ControlException {
    return calls.answer(RelayServiceGrpc::newBlockingStub, call);
  }
}
