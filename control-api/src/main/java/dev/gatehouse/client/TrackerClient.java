package dev.gatehouse.client;

import dev.gatehouse.client.message.Moments;
import dev.gatehouse.client.message.TrackerMessages;
import dev.gatehouse.client.tracker.Collected;
import dev.gatehouse.client.tracker.HashRule;
import dev.gatehouse.client.tracker.ProbeCheck;
import dev.gatehouse.client.tracker.RefreshedSource;
import dev.gatehouse.client.tracker.Swarm;
import dev.gatehouse.client.tracker.ThrottledClient;
import dev.gatehouse.client.tracker.TrackerStats;
import dev.gatehouse.v1.ClearThrottledRequest;
import dev.gatehouse.v1.CollectRequest;
import dev.gatehouse.v1.CollectResponse;
import dev.gatehouse.v1.DeleteHashRulesRequest;
import dev.gatehouse.v1.GetSwarmRequest;
import dev.gatehouse.v1.GetTrackerStatsRequest;
import dev.gatehouse.v1.HashVerdict;
import dev.gatehouse.v1.ListHashRulesRequest;
import dev.gatehouse.v1.ListThrottledRequest;
import dev.gatehouse.v1.ProbeRequest;
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.v1.RefreshSourcesRequest;
import dev.gatehouse.v1.RemoveSwarmRequest;
import dev.gatehouse.v1.TrackerServiceGrpc;
import dev.gatehouse.v1.TrackerServiceGrpc.TrackerServiceBlockingStub;
import dev.gatehouse.v1.WatchTrackerStatsRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

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
   * Hands the same to the reader again and again, on this thread, for as long as it asks for more.
   *
   * @param interval from 200 ms to 60 s
   * @throws ControlException if the daemon ends the stream
   */
  public void watchStats(Duration interval, Predicate<TrackerStats> reader)
      throws ControlException {
    WatchTrackerStatsRequest request =
        WatchTrackerStatsRequest.newBuilder().setInterval(Moments.message(interval)).build();
    calls.stream(
        TrackerServiceGrpc::newBlockingStub,
        stub -> stub.watchTrackerStats(request),
        stats -> reader.test(TrackerMessages.stats(stats)));
  }

  /**
   * What is known of one torrent.
   *
   * @param infoHash 40 or 64 hexadecimal digits
   * @param peers so many of those in its swarm are told at most
   */
  public Swarm swarm(String infoHash, int peers) throws ControlException {
    GetSwarmRequest request =
        GetSwarmRequest.newBuilder().setInfoHash(infoHash).setLimit(peers).build();
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

  /**
   * Takes everybody out of a torrent's swarm and forgets its completions.
   *
   * @return how many peers were there
   */
  public long remove(String infoHash) throws ControlException {
    RemoveSwarmRequest request = RemoveSwarmRequest.newBuilder().setInfoHash(infoHash).build();
    return answer(stub -> stub.removeSwarm(request)).getRemovedPeers();
  }

  /**
   * Has lists of torrents read and keys fetched.
   *
   * @param hook the empty name is all of them
   */
  public List<RefreshedSource> refresh(String hook) throws ControlException {
    RefreshSourcesRequest request = RefreshSourcesRequest.newBuilder().setHook(hook).build();
    return answer(stub -> stub.refreshSources(request)).getSourcesList().stream()
        .map(
            source ->
                new RefreshedSource(source.getHook(), source.getEntries(), source.getFailure()))
        .toList();
  }

  /**
   * Who is beyond a limit now.
   *
   * @param most so many are told at most
   */
  public List<ThrottledClient> throttled(int most) throws ControlException {
    ListThrottledRequest request = ListThrottledRequest.newBuilder().setLimit(most).build();
    return answer(stub -> stub.listThrottled(request)).getClientsList().stream()
        .map(client -> new ThrottledClient(client.getLimit(), client.getAddress()))
        .toList();
  }

  /**
   * Lets somebody who is beyond a limit ask again.
   *
   * @param address empty for everybody
   * @return how many were beyond one
   */
  public long clearThrottled(String address) throws ControlException {
    ClearThrottledRequest request = ClearThrottledRequest.newBuilder().setAddress(address).build();
    return answer(stub -> stub.clearThrottled(request)).getCleared();
  }

  /**
   * Has the daemon ask a tracker as two clients would.
   *
   * @param http empty asks nobody by HTTP
   * @param udp empty asks nobody by UDP
   */
  public List<ProbeCheck> probe(String http, String udp, Duration delay) throws ControlException {
    ProbeRequest request =
        ProbeRequest.newBuilder()
            .setHttpUrl(http)
            .setUdpUrl(udp)
            .setDelay(Moments.message(delay))
            .build();
    return answer(stub -> stub.probe(request)).getChecksList().stream()
        .map(check -> new ProbeCheck(check.getName(), check.getPassed(), check.getDetail()))
        .toList();
  }

  private <T> T answer(Function<TrackerServiceBlockingStub, T> call) throws ControlException {
    return calls.answer(TrackerServiceGrpc::newBlockingStub, call);
  }
}
