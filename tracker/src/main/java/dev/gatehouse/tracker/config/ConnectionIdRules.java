package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.config.value.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a UDP listener makes connection ids and which it takes.
 *
 * @param key what ids are made with; empty: one that is made once and kept
 * @param previousKeys what ids may have been made with before
 * @param lifetime how long an id is taken
 * @param maxSkew by how much the clocks of trackers that share a key may differ
 * @param answersBad whether who brings a wrong id is told so
 */
public record ConnectionIdRules(
    Scheme scheme,
    Optional<Secret> key,
    List<Secret> previousKeys,
    Duration lifetime,
    Duration maxSkew,
    boolean answersBad) {

  /** How an id proves that it was made here. */
  public enum Scheme {
    /** A keyed hash that nobody can forge. */
    SIPHASH("siphash"),
    /** What MoChi makes, so that trackers of both kinds can share a key. */
    MOCHI("mochi");

    private final String label;

    Scheme(String label) {
      this.label = label;
    }

    /** The word for this in the configuration. */
    public String label() {
      return label;
    }
  }

  /** What becomes of a request with a wrong id. */
  private enum Bad {
    REPLY("reply"),
    SILENT("silent");

    private final String label;

    Bad(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  public ConnectionIdRules {
    previousKeys = List.copyOf(previousKeys);
  }

  static ConnectionIdRules read(Section listener) {
    return new ConnectionIdRules(
        listener
            .choice("connection_id", "how connection ids are made", Scheme.class, Scheme::label)
            .orElse(Scheme.SIPHASH),
        listener.secret("private_key", "what they are made with; empty: made once and kept"),
        listener.secrets("previous_private_keys", "keys of before, whose ids are still taken"),
        listener
            .duration("connection_ttl", "how long an id is taken")
            .range(Duration.ofSeconds(30), Duration.ofHours(1))
            .orElse(Duration.ofSeconds(120)),
        listener
            .duration("max_clock_skew", "between trackers that share a key")
            .range(Duration.ofSeconds(1), Duration.ofSeconds(30))
            .orZero()
            .orElse(Duration.ofSeconds(10)),
        listener
                .choice("bad_connection_id", "what becomes of wrong ids", Bad.class, Bad::label)
                .orElse(Bad.REPLY)
            == Bad.REPLY);
  }
}
