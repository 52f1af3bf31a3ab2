package dev.gatehouse.control.tracker;

import dev.gatehouse.control.ControlCalls;
import dev.gatehouse.control.call.Answers;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.control.call.Reply;
import dev.gatehouse.control.stream.OpenStreams;
import dev.gatehouse.control.stream.Pace;
import dev.gatehouse.control.stream.PacedStream;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.tracker.TrackerAdmin;
import dev.gatehouse.tracker.rule.HashRule;
import dev.gatehouse.v1.ClearThrottledRequest;
import dev.gatehouse.v1.ClearThrottledResponse;
import dev.gatehouse.v1.CollectRequest;
import dev.gatehouse.v1.CollectResponse;
import dev.gatehouse.v1.DeleteHashRulesRequest;
import dev.gatehouse.v1.DeleteHashRulesResponse;
import dev.gatehouse.v1.GetSwarmRequest;
import dev.gatehouse.v1.GetSwarmResponse;
import dev.gatehouse.v1.GetTrackerStatsRequest;
import dev.gatehouse.v1.GetTrackerStatsResponse;
import dev.gatehouse.v1.ListHashRulesRequest;
import dev.gatehouse.v1.ListHashRulesResponse;
import dev.gatehouse.v1.ListThrottledRequest;
import dev.gatehouse.v1.ListThrottledResponse;
import dev.gatehouse.v1.ProbeRequest;
import dev.gatehouse.v1.ProbeResponse;
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.v1.PutHashRulesResponse;
import dev.gatehouse.v1.RefreshSourcesRequest;
import dev.gatehouse.v1.RefreshSourcesResponse;
import dev.gatehouse.v1.RemoveSwarmRequest;
import dev.gatehouse.v1.RemoveSwarmResponse;
import dev.gatehouse.v1.TrackerServiceGrpc;
import dev.gatehouse.v1.WatchTrackerStatsRequest;
import dev.gatehouse.wire.tracker.InfoHash;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators ask of the tracker, and decide in it. */
public final class TrackerCalls extends TrackerServiceGrpc.TrackerServiceImplBase
    implements ControlCalls {

  private final @Nullable TrackerAdmin tracker;
  private final Audit audit;
  private final Ticker ticker;
  private final OpenStreams watching = new OpenStreams();

  /**
   * @param tracker null where none runs
   */
  public TrackerCalls(@Nullable TrackerAdmin tracker, Audit audit, Ticker ticker) {
    this.tracker = tracker;
    this.audit = audit;
    this.ticker = ticker;
  }

  @Override
  public void getTrackerStats(
      GetTrackerStatsRequest request, StreamObserver<GetTrackerStatsResponse> call) {
    Answers.answer(call, () -> TrackerMessages.stats(running()).build());
  }

  @Override
  public void watchTrackerStats(
      WatchTrackerStatsRequest request, StreamObserver<GetTrackerStatsResponse> call) {
    try {
      Duration interval = Pace.of(request.hasInterval(), request.getInterval());
      watching.open(PacedStream.of(new StatsSource(running(), ticker), interval, call));
    } catch (RuntimeException | EditRefusedException e) {
      call.onError(Answers.failure(e));
    }
  }

  @Override
  public void getSwarm(GetSwarmRequest request, StreamObserver<GetSwarmResponse> call) {
    Answers.answer(
        call,
        () -> {
          InfoHash torrent = HashRequest.torrent(request.getInfoHash());
          return TrackerMessages.swarm(
              running().swarm(torrent, TrackerRequest.peers(request)),
              running().operators().inForce().find(torrent));
        });
  }

  @Override
  public void listHashRules(
      ListHashRulesRequest request, StreamObserver<ListHashRulesResponse> call) {
    Answers.answer(
        call,
        () ->
            ListHashRulesResponse.newBuilder()
                .addAllRules(
                    running().operators().inForce().all().stream()
                        .map(TrackerMessages::rule)
                        .toList())
                .build());
  }

  @Override
  public void putHashRules(PutHashRulesRequest request, StreamObserver<PutHashRulesResponse> call) {
    change(
        call,
        "PutHashRules",
        request.getRulesCount(),
        () -> {
          List<HashRule> rules = HashRequest.rules(request, ticker.now());
          writing(
              () -> {
                running().operators().put(rules);
                return rules;
              });
          return PutHashRulesResponse.getDefaultInstance();
        });
  }

  @Override
  public void deleteHashRules(
      DeleteHashRulesRequest request, StreamObserver<DeleteHashRulesResponse> call) {
    change(
        call,
        "DeleteHashRules",
        request.getInfoHashesCount(),
        () -> {
          List<InfoHash> torrents = HashRequest.torrents(request);
          List<InfoHash> known = writing(() -> running().operators().forget(torrents));
          return DeleteHashRulesResponse.newBuilder().setDeleted(known.size()).build();
        });
  }

  @Override
  public void collect(CollectRequest request, StreamObserver<CollectResponse> call) {
    change(call, "Collect", 0, () -> TrackerMessages.collected(running().collect()));
  }

  @Override
  public void removeSwarm(RemoveSwarmRequest request, StreamObserver<RemoveSwarmResponse> call) {
    change(
        call,
        "RemoveSwarm",
        1,
        () ->
            RemoveSwarmResponse.newBuilder()
                .setRemovedPeers(running().remove(HashRequest.torrent(request.getInfoHash())))
                .build());
  }

  @Override
  public void refreshSources(
      RefreshSourcesRequest request, StreamObserver<RefreshSourcesResponse> call) {
    Answers.answer(
        call,
        () ->
            audit
                .mutation("RefreshSources")
                .about("hook", request.getHook())
                .make(() -> refreshed(request.getHook())));
  }

  private RefreshSourcesResponse refreshed(String hook) throws EditRefusedException {
    List<String> known = running().sources();
    if (!hook.isEmpty() && !known.contains(hook)) {
      throw new EditRefusedException(
          Reason.NOT_FOUND,
          "hook",
          "no hook \"%s\" reads anything (expected: %s)"
              .formatted(hook, known.isEmpty() ? "none does" : String.join(", ", known)));
    }
    RefreshSourcesResponse.Builder message = RefreshSourcesResponse.newBuilder();
    running()
        .refresh(Optional.of(hook).filter(name -> !name.isEmpty()))
        .forEach(refresh -> message.addSources(TrackerMessages.refreshed(refresh)));
    return message.build();
  }

  @Override
  public void listThrottled(
      ListThrottledRequest request, StreamObserver<ListThrottledResponse> call) {
    Answers.answer(
        call,
        () ->
            ListThrottledResponse.newBuilder()
                .addAllClients(
                    running().throttled(TrackerRequest.throttled(request)).stream()
                        .map(TrackerMessages::throttled)
                        .toList())
                .build());
  }

  @Override
  public void clearThrottled(
      ClearThrottledRequest request, StreamObserver<ClearThrottledResponse> call) {
    Answers.answer(
        call,
        () ->
            audit
                .mutation("ClearThrottled")
                .about("address", request.getAddress())
                .make(
                    () ->
                        ClearThrottledResponse.newBuilder()
                            .setCleared(running().clearThrottled(TrackerRequest.client(request)))
                            .build()));
  }

  @Override
  public void probe(ProbeRequest request, StreamObserver<ProbeResponse> call) {
    Answers.answer(
        call,
        () ->
            ProbeResponse.newBuilder()
                .addAllChecks(
                    running().probe(TrackerRequest.target(request)).stream()
                        .map(TrackerMessages::check)
                        .toList())
                .build());
  }

  @Override
  public void drain() {
    watching.drain();
  }

  private <T> void change(StreamObserver<T> call, String method, int torrents, Reply<T> change) {
    Answers.answer(call, () -> audit.mutation(method).about("torrents", torrents).make(change));
  }

  /** What may find the disk full. */
  private interface Writing<T> {
    T run() throws EditRefusedException, IOException;
  }

  private static <T> T writing(Writing<T> writing) throws EditRefusedException {
    try {
      return writing.run();
    } catch (IOException e) {
      throw new EditRefusedException(Reason.NOT_WRITTEN, "", String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new EditRefusedException(Reason.NOT_NOW, "rules", String.valueOf(e.getMessage()), e);
    }
  }

  private TrackerAdmin running() throws EditRefusedException {
    if (tracker == null) {
      throw new EditRefusedException(
          Reason.NOT_NOW,
          "",
          "the tracker does not run; add [tracker] to the configuration and restart");
    }
    return tracker;
  }
}
