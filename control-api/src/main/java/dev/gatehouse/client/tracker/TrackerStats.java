package dev.gatehouse.client.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much the tracker knows and does.
 *
 * @param refusedPeers those for which there was no room, since the start
 * @param allowed torrents that operators allow
 * @param denied torrents that operators deny
 * @param lastCollection when the last one ended, if one has
 * @param clients what software peers are, as of the last collection
 * @param storageUp whether the store could be reached
 */
public record TrackerStats(
    Duration uptime,
    Swarms swarms,
    Requests requests,
    long refusedPeers,
    List<Port> ports,
    List<String> preHooks,
    List<String> postHooks,
    long allowed,
    long denied,
    Optional<Instant> lastCollection,
    Answers answers,
    List<ClientCount> clients,
    boolean storageUp) {

  /**
   * Who is in all swarms.
   *
   * @param downloads completions since the start
   */
  public record Swarms(
      long torrents, long seeders, long leechers, long ipv4Peers, long ipv6Peers, long downloads) {}

  /**
   * What clients ask.
   *
   * @param announces since the start, as the next
   * @param announcesPerSecond of the last while, as the next
   */
  public record Requests(
      long announces, long scrapes, double announcesPerSecond, double scrapesPerSecond) {}

  /**
   * How requests were answered since the start.
   *
   * @param kinds by protocol and action
   * @param errors by the text of the refusal
   */
  public record Answers(List<Kind> kinds, List<ErrorCount> errors) {

    public Answers {
      kinds = List.copyOf(kinds);
      errors = List.copyOf(errors);
    }
  }

  /**
   * One kind of request.
   *
   * @param protocol {@code http}, {@code https} or {@code udp}
   * @param action the word for it in the metrics
   * @param perSecond since the answer before; absent where there was none
   */
  public record Kind(String protocol, String action, long count, OptionalDouble perSecond) {}

  /** How often requests were refused for one reason. */
  public record ErrorCount(String text, long count) {}

  /** How many peers are of one software. */
  public record ClientCount(String client, long peers) {}

  /**
   * Where it listens.
   *
   * @param protocol {@code http}, {@code https} or {@code udp}
   */
  public record Port(String protocol, String address) {}

  public TrackerStats {
    ports = List.copyOf(ports);
    preHooks = List.copyOf(preHooks);
    postHooks = List.copyOf(postHooks);
    clients = List.copyOf(clients);
  }
}
