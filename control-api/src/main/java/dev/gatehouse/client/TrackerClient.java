package dev.gatehouse.client;

import dev.gatehouse.client.message.TrackerMessages;
import dev.gatehouse.client.tracker.Collected;
import dev.gatehouse.client.tracker.HashRule;
import dev.gatehouse.client.tracker.Swarm;
import dev.gatehouse.client.tracker.TrackerStats;
import dev.gatehouse.v1.CollectRequest;
import dev.gatehouse.v1.CollectResponse;
import dev.gatehouse.v1.DeleteHashRulesRequest;
import dev.gatehouse.v1.GetSwarmRequest;
import dev.gatehouse.v1.GetTrackerStatsRequest;
import dev.gatehouse.v1.HashVerdict;
import dev.gatehouse.v1.ListHashRulesRequest;
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.v1.TrackerServiceGrpc;
import dev.gatehouse.v1.TrackerServiceGrpc.TrackerServiceBlockingStub;
import java.util.List;
import java.util.function.Function;

/** The calls about the BitTorrent tracker. */
public final class TrackerClient {

  private final Calls calls;

  TrackerClient(Calls calls) {
    this.calls = calls;
  }

  /** How much it knows and does. */
  public TrackerStats stats() throws ControlException {
    return TrackerMessages.stats(
        answer(stub -> stub.getTrackerStats(GetTrackerStatsRequest.getDefaultInstance())));
  }

  /**
   * What is known of one torrent.
   *
   * @param infoHash 40 or 64 hexadecimal digits
   */
  public Swarm swarm(String infoHash) throws ControlException {
    GetSwarmRequest request = GetSwarmRequest.newBuilder().setInfoHash(infoHash).build();
    return TrackerMessages.swarm(answer(stub -> stub.getSwarm(request)));
  }

  /** What operators have decided, in the order of the torrents. */
  public List<HashRule> rules() throws ControlException {
    return answer(stub -> stub.listHashRules(ListHashRulesRequest.getDefaultInstance()))
        .getRulesList()
        .stream()
        .map(TrackerMessages::rule)
        .toList();
  }

  /** Decides the same about torrents, in place of what was decided before. */
  public void decide(List<String> infoHashes, HashRule.Verdict verdict, String note)
      throws ControlException {
    HashVerdict decided = TrackerMessages.verdict(verdict);
    PutHashRulesRequest request =
        PutHashRulesRequest.newBuilder()
            .addAllRules(
                infoHashes.stream()
                    .map(
                        hash ->
                            dev.gatehouse.v1.HashRule.newBuilder()
                                .setInfoHash(hash)
                                .setVerdict(decided)
                                .setNote(note)
                                .build())
                    .toList())
            .build();
    answer(stub -> stub.putHashRules(request));
  }

  /**
   * Leaves torrents to the hooks again.
   *
   * @return about how many of them anything had been decided
   */
  public long forget(List<String> infoHashes) throws ControlException {
    DeleteHashRulesRequest request =
        DeleteHashRulesRequest.newBuilder().addAllInfoHashes(infoHashes).build();
    return answer(stub -> stub.deleteHashRules(request)).getDeleted();
  }

  /** Takes out peers that did not come again, now. */
  public Collected collect() throws ControlException {
    CollectResponse response = answer(stub -> stub.collect(CollectRequest.getDefaultInstance()));
    return new Collected(response.getRemovedPeers(), response.getRemovedTorrents());
  }

  private <T> T answer(Function<TrackerServiceBlockingStub, T> call) throws ControlException {
    return calls.answer(TrackerServiceGrpc::newBlockingStub, call);
  }
}
