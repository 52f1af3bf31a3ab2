package dev.gatehouse.tracker.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One of {@code [[tracker.prehooks]]} or {@code [[tracker.posthooks]]}. */
public sealed interface HookConfig {

  /** The name under which an operator knows the hook. */
  String name();

  /** By how much the hook may lengthen an interval. */
  default Duration maxIncrease() {
    return Duration.ZERO;
  }

  /** The same with files that are found from that folder, if they were not to be found alone. */
  default HookConfig in(Path folder) {
    return this;
  }

  /**
   * Asks which software a client is.
   *
   * @param clientIds whole ids or how they begin
   * @param invert whether those on the list are refused, and not the others
   */
  record ClientApproval(List<String> clientIds, boolean invert) implements HookConfig {

    static final String NAME = "client approval";

    public ClientApproval {
      clientIds = List.copyOf(clientIds);
    }

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * Asks whether a torrent is on a list.
   *
   * @param invert whether those on the list are refused, and not the others
   * @param context the name of the list in the store
   * @param failOpen whether a torrent passes while the store cannot be asked
   */
  record TorrentApproval(ApprovalSource source, boolean invert, String context, boolean failOpen)
      implements HookConfig {

    static final String NAME = "torrent approval";

    @Override
    public HookConfig in(Path folder) {
      return new TorrentApproval(source.in(folder), invert, context, failOpen);
    }

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * Asks for a token that somebody has signed.
   *
   * @param header the parameter, or else the header, that carries it
   * @param updateInterval how often the keys are fetched; zero is once
   * @param leeway for the times in a token
   */
  record Jwt(
      String header,
      String issuer,
      String audience,
      URI keys,
      Duration updateInterval,
      boolean announces,
      boolean scrapes,
      Duration leeway)
      implements HookConfig {

    static final String NAME = "jwt";

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * Lets clients come back at different times.
   *
   * @param probability how likely a client is to come later, above 0, at most 1
   * @param maxIncreaseSeconds by how much at most
   * @param modifyMinInterval whether the other interval grows by as much
   */
  record IntervalVariation(double probability, long maxIncreaseSeconds, boolean modifyMinInterval)
      implements HookConfig {

    static final String NAME = "interval variation";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Duration maxIncrease() {
      return Duration.ofSeconds(maxIncreaseSeconds);
    }
  }
}
