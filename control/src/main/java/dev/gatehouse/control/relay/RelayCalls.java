package dev.gatehouse.control.relay;

import dev.gatehouse.control.ControlCalls;
import dev.gatehouse.control.call.Answers;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.control.call.Mutation;
import dev.gatehouse.control.stream.OpenStreams;
import dev.gatehouse.control.stream.Pace;
import dev.gatehouse.control.stream.PacedStream;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.relay.RelayAdmin;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.relay.view.Kicked;
import dev.gatehouse.relay.view.ServerView;
import dev.gatehouse.v1.GetRelayStatusRequest;
import dev.gatehouse.v1.GetRelayStatusResponse;
import dev.gatehouse.v1.GetServerRequest;
import dev.gatehouse.v1.GetServerResponse;
import dev.gatehouse.v1.KickRequest;
import dev.gatehouse.v1.KickResponse;
import dev.gatehouse.v1.ListBansRequest;
import dev.gatehouse.v1.ListBansResponse;
import dev.gatehouse.v1.ListServersRequest;
import dev.gatehouse.v1.ListServersResponse;
import dev.gatehouse.v1.RelayServiceGrpc;
import dev.gatehouse.v1.RemoveBanRequest;
import dev.gatehouse.v1.RemoveBanResponse;
import dev.gatehouse.v1.WatchRelayRequest;
import dev.gatehouse.v1.WatchRelayResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What operators ask of the relay, and do to its connections. */
public final class RelayCalls extends RelayServiceGrpc.RelayServiceImplBase
    implements ControlCalls {

  private static final Duration LONGEST_BAN = Duration.ofDays(365);

  private final @Nullable RelayAdmin relay;
  private final Audit audit;
  private final Ticker ticker;
  private final OpenStreams watching = new OpenStreams();

  /**
   * @param relay null where it is off
   */
  public RelayCalls(@Nullable RelayAdmin relay, Audit audit, Ticker ticker) {
    this.relay = relay;
    this.audit = audit;
    this.ticker = ticker;
  }

  @Override
  public void getRelayStatus(
      GetRelayStatusRequest request, StreamObserver<GetRelayStatusResponse> call) {
    Answers.answer(call, () -> RelayMessages.status(running().totals(), running().condition()));
  }

  @Override
  public void watchRelay(WatchRelayRequest request, StreamObserver<WatchRelayResponse> call) {
    try {
      Duration interval = Pace.of(request.hasInterval(), request.getInterval());
      watching.open(PacedStream.of(new RelaySource(running(), ticker), interval, call));
    } catch (RuntimeException e) {
      call.onError(Answers.failure(e));
    }
  }

  @Override
  public void listServers(ListServersRequest request, StreamObserver<ListServersResponse> call) {
    Answers.answer(call, () -> ServerPage.of(running().servers(), request));
  }

  @Override
  public void getServer(GetServerRequest request, StreamObserver<GetServerResponse> call) {
    Answers.answer(
        call,
        () -> {
          String id = id(request.getServerId()).text();
          ServerView found =
              running().servers().stream()
                  .filter(server -> server.serverId().equals(id))
                  .findFirst()
                  .orElseThrow(() -> nobody(id));
          return GetServerResponse.newBuilder()
              .setServer(RelayMessages.server(found))
              .addAllPhones(found.phones().stream().map(RelayMessages::phone).toList())
              .build();
        });
  }

  @Override
  public void kick(KickRequest request, StreamObserver<KickResponse> call) {
    Mutation mutation =
        audit
            .mutation("Kick")
            .about("server_id", request.getServerId())
            .about("conn_id", request.getConnId());
    Answers.answer(call, () -> mutation.make(() -> kicked(request)));
  }

  @Override
  public void listBans(ListBansRequest request, StreamObserver<ListBansResponse> call) {
    Answers.answer(
        call,
        () ->
            ListBansResponse.newBuilder()
                .addAllBans(running().bans().stream().map(RelayMessages::ban).toList())
                .build());
  }

  @Override
  public void removeBan(RemoveBanRequest request, StreamObserver<RemoveBanResponse> call) {
    Mutation mutation = audit.mutation("RemoveBan").about("server_id", request.getServerId());
    Answers.answer(
        call,
        () ->
            mutation.make(
                () -> {
                  if (!running().removeBan(id(request.getServerId()))) {
                    throw new EditRefusedException(
                        Reason.NOT_FOUND, "server_id", "the server-id is not banned");
                  }
                  return RemoveBanResponse.getDefaultInstance();
                }));
  }

  @Override
  public void drain() {
    watching.drain();
  }

  private KickResponse kicked(KickRequest request) throws EditRefusedException {
    ServerId id = id(request.getServerId());
    if (request.hasBan()) {
      ban(id, request);
    }
    Kicked kicked =
        request.getConnId().isEmpty()
            ? running().kick(id)
            : running().kick(id, request.getConnId());
    if (kicked.all() == 0 && !request.hasBan()) {
      throw nobody(id.text());
    }
    return KickResponse.newBuilder()
        .setBinariesClosed(kicked.binaries())
        .setPhonesClosed(kicked.phones())
        .build();
  }

  /** Before anybody is closed, so that a binary cannot come back in between. */
  private void ban(ServerId id, KickRequest request) throws EditRefusedException {
    if (!request.getConnId().isEmpty()) {
      throw new EditRefusedException(
          Reason.INVALID, "ban", "a ban is for a server-id; leave conn_id out");
    }
    Duration time = Duration.ofSeconds(request.getBan().getSeconds(), request.getBan().getNanos());
    if (!time.isPositive() || time.compareTo(LONGEST_BAN) > 0) {
      throw new EditRefusedException(
          Reason.INVALID, "ban", time + " (expected: more than 0, at most 365 days)");
    }
    if (!running().ban(id, time)) {
      throw new EditRefusedException(
          Reason.TOO_MANY, "ban", "there are 10000 bans already; remove some first");
    }
  }

  private static ServerId id(String text) throws EditRefusedException {
    return ServerId.parse(text)
        .orElseThrow(
            () ->
                new EditRefusedException(
                    Reason.INVALID, "server_id", "(expected: " + ServerId.EXPECTED + ")"));
  }

  private static EditRefusedException nobody(String id) {
    return new EditRefusedException(
        Reason.NOT_FOUND, "server_id", id + ": nobody is connected by that name");
  }

  private RelayAdmin running() {
    if (relay == null) {
      throw Status.FAILED_PRECONDITION
          .withDescription("the relay is switched off; add a [relay] section to the configuration")
          .asRuntimeException();
    }
    return relay;
  }
}
