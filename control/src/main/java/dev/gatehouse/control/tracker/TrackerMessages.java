package dev.gatehouse.control.tracker;

import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.tracker.RequestCounts;
import dev.gatehouse.tracker.TrackerAdmin;
import dev.gatehouse.tracker.TrackerView;
import dev.gatehouse.tracker.TrackerView.SwarmView;
import dev.gatehouse.tracker.client.ClientSoftware;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.probe.Probe;
import dev.gatehouse.tracker.rule.HashRules;
import dev.gatehouse.tracker.rule.Verdict;
import dev.gatehouse.tracker.storage.Collected;
import dev.gatehouse.tracker.storage.Collector;
import dev.gatehouse.tracker.swarm.SwarmCounts;
import dev.gatehouse.v1.CollectResponse;
import dev.gatehouse.v1.GetSwarmResponse;
import dev.gatehouse.v1.GetTrackerStatsResponse;
import dev.gatehouse.v1.HashRule;
import dev.gatehouse.v1.HashVerdict;
import dev.gatehouse.v1.ProbeCheck;
import dev.gatehouse.v1.RefreshedSource;
import dev.gatehouse.v1.SwarmPeer;
import dev.gatehouse.v1.ThrottledClient;
import dev.gatehouse.v1.TrackerClientCount;
import dev.gatehouse.v1.TrackerError;
import dev.gatehouse.v1.TrackerPort;
import dev.gatehouse.v1.TrackerRequests;
import java.util.Optional;

/** What the tracker is and knows, as messages. */
final class TrackerMessages {

  private TrackerMessages() {}

  /** All but rates of each kind of request. */
  static GetTrackerStatsResponse.Builder stats(TrackerAdmin tracker) {
    GetTrackerStatsResponse.Builder stats = stats(tracker.view(), tracker.operators().inForce());
    RequestCounts requests = tracker.requests();
    requests
        .kinds()
        .forEach(
            kind ->
                stats.addRequests(
                    TrackerRequests.newBuilder()
                        .setProtocol(kind.protocol())
                        .setAction(kind.action())
                        .setCount(kind.count())));
    requests
        .errors()
        .forEach(
            (text, count) ->
                stats.addErrors(TrackerError.newBuilder().setText(text).setCount(count)));
    return stats;
  }

  private static GetTrackerStatsResponse.Builder stats(TrackerView view, HashRules rules) {
    SwarmCounts swarms = view.swarms();
    GetTrackerStatsResponse.Builder stats =
        GetTrackerStatsResponse.newBuilder()
            .setUptime(TimeMessages.of(view.uptime()))
            .setTorrents(swarms.swarms())
            .setSeeders(swarms.seeders())
            .setLeechers(swarms.leechers())
            .setIpv4Peers(swarms.ipv4Peers())
            .setIpv6Peers(swarms.ipv6Peers())
            .setDownloads(swarms.snatches())
            .setRefusedPeers(swarms.refused() + swarms.evicted())
            .setAnnounces(view.announces())
            .setScrapes(view.scrapes())
            .setAnnouncesPerSecond(view.announcesPerSecond())
            .setScrapesPerSecond(view.scrapesPerSecond())
            .addAllPreHooks(view.preHooks())
            .addAllPostHooks(view.postHooks())
            .setAllowedTorrents(rules.count(Verdict.ALLOW))
            .setDeniedTorrents(rules.count(Verdict.DENY));
    view.ports().forEach(port -> stats.addPorts(port(port)));
    stats.setStorageUp(view.storageUp());
    view.collection().ifPresent(run -> put(stats, run));
    return stats;
  }

  private static void put(GetTrackerStatsResponse.Builder stats, Collector.Run run) {
    stats.setLastCollection(TimeMessages.of(run.ended()));
    for (ClientSoftware software : ClientSoftware.values()) {
      long peers = run.collected().clients().of(software);
      if (peers > 0) {
        stats.addClients(
            TrackerClientCount.newBuilder().setClient(software.label()).setPeers(peers));
      }
    }
  }

  private static TrackerPort port(TrackerView.Port port) {
    return TrackerPort.newBuilder()
        .setProtocol(port.protocol())
        .setAddress(port.address().toString())
        .build();
  }

  static GetSwarmResponse swarm(
      SwarmView swarm, Optional<dev.gatehouse.tracker.rule.HashRule> rule) {
    GetSwarmResponse.Builder message =
        GetSwarmResponse.newBuilder()
            .setSeeders(swarm.seeders())
            .setLeechers(swarm.leechers())
            .setDownloads(swarm.snatches());
    rule.map(TrackerMessages::rule).ifPresent(message::setRule);
    swarm.peers().forEach(peer -> message.addPeers(peer(peer)));
    return message.build();
  }

  private static SwarmPeer peer(TrackerView.PeerView peer) {
    return SwarmPeer.newBuilder()
        .setAddress(peer.address().toString())
        .setClient(peer.client())
        .setSeeder(peer.seeder())
        .setAge(TimeMessages.of(peer.age()))
        .build();
  }

  static RefreshedSource refreshed(Hook.Refresh refresh) {
    return RefreshedSource.newBuilder()
        .setHook(refresh.hook())
        .setEntries(refresh.entries())
        .setFailure(refresh.failure())
        .build();
  }

  static ThrottledClient throttled(TrackerView.Throttled throttled) {
    String network =
        switch (throttled.client().family()) {
          case IPV4 -> "";
          case IPV6 -> "/64";
        };
    return ThrottledClient.newBuilder()
        .setLimit(throttled.limit())
        .setAddress(throttled.client() + network)
        .build();
  }

  static ProbeCheck check(Probe.Check check) {
    return ProbeCheck.newBuilder()
        .setName(check.name())
        .setPassed(check.passed())
        .setDetail(check.detail())
        .build();
  }

  static HashRule rule(dev.gatehouse.tracker.rule.HashRule rule) {
    return HashRule.newBuilder()
        .setInfoHash(rule.torrent().toString())
        .setVerdict(verdict(rule.verdict()))
        .setNote(rule.note())
        .setDecided(TimeMessages.of(rule.decided()))
        .build();
  }

  static CollectResponse collected(Collected collected) {
    return CollectResponse.newBuilder()
        .setRemovedPeers(collected.peers())
        .setRemovedTorrents(collected.swarms())
        .build();
  }

  /** The word of commands; empty for a verdict that is none here. */
  static String label(HashVerdict verdict) {
    return switch (verdict) {
      case HASH_VERDICT_ALLOW -> Verdict.ALLOW.label();
      case HASH_VERDICT_DENY -> Verdict.DENY.label();
      case HASH_VERDICT_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  private static HashVerdict verdict(Verdict verdict) {
    return switch (verdict) {
      case ALLOW -> HashVerdict.HASH_VERDICT_ALLOW;
      case DENY -> HashVerdict.HASH_VERDICT_DENY;
    };
  }
}
