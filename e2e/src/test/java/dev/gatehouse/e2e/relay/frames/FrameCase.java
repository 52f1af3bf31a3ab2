package dev.gatehouse.e2e.relay.frames;

import dev.gatehouse.e2e.relay.RelayHost;

/**
 * One rule of RFC 6455, and a peer that keeps it or breaks it.
 *
 * @param rule the section, then what the peer does
 */
record FrameCase(String rule, Talk talk) {

  /** What is done by a pair that has met. */
  @FunctionalInterface
  interface Talk {
    void run(Pair pair) throws Exception;
  }

  static FrameCase rule(String rule, Talk talk) {
    return new FrameCase(rule, talk);
  }

  /** A breach that ends the connection with that code. */
  static FrameCase ends(String rule, int code, Frame... frames) {
    return new FrameCase(
        rule,
        pair -> {
          pair.tested().send(frames).closed(code);
          pair.noticed(code);
        });
  }

  /** Runs it with a pair of its own. */
  void run(RelayHost host, String id, Pair.Side side) throws Exception {
    try (Pair pair = Pair.meet(host, id, side)) {
      talk.run(pair);
    }
  }
}
