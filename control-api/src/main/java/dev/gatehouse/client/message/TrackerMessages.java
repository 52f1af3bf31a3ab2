package dev.gatehouse.client.message;

import dev.gatehouse.client.tracker.HashRule;
import dev.gatehouse.client.tracker.Swarm;
import dev.gatehouse.client.tracker.SwarmPeer;
import dev.gatehouse.client.tracker.TrackerStats;
import dev.gatehouse.v1.GetSwarmResponse;
import dev.gatehouse.v1.GetTrackerStatsResponse;
import dev.gatehouse.v1.HashVerdict;
import dev.gatehouse.v1.TrackerRequests;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the tracker is and knows, as records and as messages. */
public final class TrackerMessages {

  private TrackerMessages() {}

  public static TrackerStats stats(GetTrackerStatsResponse message) {
    return new TrackerStats(
        Moments.duration(message.getUptime()),
        new TrackerStats.Swarms(
            message.getTorrents(),
            message.getSeeders(),
            message.getLeechers(),
            message.getIpv4Peers(),
            message.getIpv6Peers(),
            message.getDownloads()),
        new TrackerStats.Requests(
            message.getAnnounces(),
            message.getScrapes(),
            message.getAnnouncesPerSecond(),
            message.getScrapesPerSecond()),
        message.getRefusedPeers(),
        message.getPortsList().stream()
            .map(port -> new TrackerStats.Port(port.getProtocol(), port.getAddress()))
            .toList(),
        message.getPreHooksList(),
        message.getPostHooksList(),
        message.getAllowedTorrents(),
        message.getDeniedTorrents(),
        Moments.instant(message.hasLastCollection(), message.getLastCollection()),
        answers(message),
        message.getClientsList().stream()
            .map(count -> new TrackerStats.ClientCount(count.getClient(), count.getPeers()))
            .toList(),
        message.getStorageUp());
  }

  private static TrackerStats.Answers answers(GetTrackerStatsResponse message) {
    return new TrackerStats.Answers(
        message.getRequestsList().stream().map(TrackerMessages::kind).toList(),
        message.getErrorsList().stream()
            .map(error -> new TrackerStats.ErrorCount(error.getText(), error.getCount()))
            .toList());
  }

  private static TrackerStats.Kind kind(TrackerRequests requests) {
    return new TrackerStats.Kind(
        requests.getProtocol(),
        requests.getAction(),
        requests.getCount(),
        requests.hasPerSecond()
            ? OptionalDouble.of(requests.getPerSecond())
            : OptionalDouble.empty());
  }

  public static Swarm swarm(GetSwarmResponse message) {
    return new Swarm(
        message.getSeeders(),
        message.getLeechers(),
        message.getDownloads(),
        message.hasRule() ? Optional.of(rule(message.getRule())) : Optional.empty(),
        message.getPeersList().stream().map(TrackerMessages::peer).toList());
  }

  private static SwarmPeer peer(dev.gatehouse.v1.SwarmPeer message) {
    return new SwarmPeer(
        message.getAddress(),
        message.getClient(),
        message.getSeeder(),
        Moments.duration(message.getAge()));
  }

  public static HashRule rule(dev.gatehouse.v1.HashRule message) {
    HashRule.Verdict verdict =
        switch (message.getVerdict()) {
          case HASH_VERDICT_ALLOW -> HashRule.Verdict.ALLOW;
          case HASH_VERDICT_DENY -> HashRule.Verdict.DENY;
          case HASH_VERDICT_UNSPECIFIED, UNRECOGNIZED -> HashRule.Verdict.UNKNOWN;
        };
    return new HashRule(
        message.getInfoHash(), verdict, message.getNote(), Moments.instant(message.getDecided()));
  }

  public static HashVerdict verdict(HashRule.Verdict verdict) {
    return switch (verdict) {
      case ALLOW -> HashVerdict.HASH_VERDICT_ALLOW;
      case DENY -> HashVerdict.HASH_VERDICT_DENY;
      case UNKNOWN -> throw ProxyMessages.unknown("verdict");
    };
  }
}
