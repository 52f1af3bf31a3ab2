package dev.gatehouse.control.tracker;

import dev.gatehouse.control.ControlCalls;
import dev.gatehouse.control.call.Answers;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.control.call.Reply;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.tracker.TrackerAdmin;
import dev.gatehouse.tracker.rule.HashRule;
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
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.v1.PutHashRulesResponse;
import dev.gatehouse.v1.TrackerServiceGrpc;
import dev.gatehouse.wire.tracker.InfoHash;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators ask of the tracker, and decide in it. */
public final class TrackerCalls extends TrackerServiceGrpc.TrackerServiceImplBase
    implements ControlCalls {

  private final @Nullable TrackerAdmin tracker;
  private final Audit audit;
  private final Ticker ticker;

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
    Answers.answer(
        call, () -> TrackerMessages.stats(running().view(), running().operators().inForce()));
  }

  @Override
  public void getSwarm(GetSwarmRequest request, StreamObserver<GetSwarmResponse> call) {
    Answers.answer(
        call,
        () -> {
          InfoHash torrent = HashRequest.torrent(request.getInfoHash());
          return TrackerMessages.swarm(
              running().swarm(torrent), running().operators().inForce().find(torrent));
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
  public void drain() {
    // every call here ends by itself
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
