package dev.gatehouse.client.relay;

/**
 * The relay at one moment, and what it did since the moment before.
 *
 * @param total since its start
 * @param perSecond since the moment before; nothing at the first
 */
public record RelayNow(RelayStatus status, Forwarded<Long> total, Forwarded<Double> perSecond) {

  /** Messages, and their bytes, in each direction. */
  public record Forwarded<N extends Number>(
      N messagesToBinaries, N bytesToBinaries, N messagesToPhones, N bytesToPhones) {}
}
