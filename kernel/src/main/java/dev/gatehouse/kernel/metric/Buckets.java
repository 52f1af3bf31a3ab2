package dev.gatehouse.kernel.metric;

import java.util.List;

/** The sets of upper bounds into which the catalogue's histograms sort their values. */
enum Buckets {
  /** Seconds of something for which somebody waits. */
  WAITS(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),

  /** Seconds from the one who says something to the one who hears it. */
  FORWARDS(
      0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
      5.0, 10.0),

  /** Seconds of a tracker's work on one answer, each twice the one before. */
  ANSWERS(
      0.000_036_621_093_75,
      0.000_073_242_187_5,
      0.000_146_484_375,
      0.000_292_968_75,
      0.000_585_937_5,
      0.001_171_875,
      0.002_343_75,
      0.004_687_5,
      0.009_375,
      0.018_75,
      0.037_5,
      0.075,
      0.15,
      0.3,
      0.6,
      1.2,
      2.4,
      4.8),

  /** Datagrams that one system call brings, of which 64 are the most. */
  BATCHES(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0),

  /** Seconds that a connection may last, up to a day. */
  LIFETIMES(0.1, 1.0, 10.0, 60.0, 300.0, 3600.0, 86_400.0),

  /** Seconds until a peer has answered, up to the longest that it may take. */
  ROUND_TRIPS(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0),

  /** Bytes of a hello: what one segment holds lies in the middle. */
  HELLOS(256.0, 512.0, 1024.0, 1536.0, 2048.0, 4096.0, 8192.0, 16_384.0, 65_536.0);

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Double> bounds;

  Buckets(Double... bounds) {
    this.bounds = List.of(bounds);
  }

  /** In rising order; what is above the last one has a bucket too. */
  List<Double> bounds() {
    return bounds;
  }
}
