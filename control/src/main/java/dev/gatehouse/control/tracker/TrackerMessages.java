package dev.gatehouse.control.tracker;

import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.tracker.TrackerView;
import dev.gatehouse.tracker.TrackerView.SwarmView;
import dev.gatehouse.tracker.rule.HashRules;
import dev.gatehouse.tracker.rule.Verdict;
import dev.gatehouse.tracker.storage.Collected;
import dev.gatehouse.tracker.swarm.SwarmCounts;
import dev.gatehouse.v1.CollectResponse;
import dev.gatehouse.v1.GetSwarmResponse;
import dev.gatehouse.v1.GetTrackerStatsResponse;
import dev.gatehouse.v1.HashRule;
import dev.gatehouse.v1.HashVerdict;
import dev.gatehouse.v1.TrackerPort;
import java.util.Optional;

/** What the tracker is and knows, as messages. */
final class TrackerMessages {

  private TrackerMessages() {}

  static GetTrackerStatsResponse stats(TrackerView view, HashRules rules) {
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
    view.collection().ifPresent(run -> stats.setLastCollection(TimeMessages.of(run.ended())));
    return stats.build();
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
    return message.build();
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
