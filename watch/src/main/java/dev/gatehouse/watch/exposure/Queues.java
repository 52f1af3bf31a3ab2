package dev.gatehouse.watch.exposure;

/**
 * How full a listening socket is; −1 where unknown.
 *
 * @param length TCP: connections that wait to be accepted; UDP: bytes that wait to be read
 * @param limit TCP: the most that may wait; UDP: the size of the receive buffer in bytes
 * @param drops datagrams dropped at a UDP socket
 */
public record Queues(long length, long limit, long drops) {

  /** Of two sockets: the fuller one's queue, and the drops of both. */
  public Queues merge(Queues other) {
    Queues fuller = other.fullness() > fullness() ? other : this;
    long sum = drops < 0 || other.drops < 0 ? Math.max(drops, other.drops) : drops + other.drops;
    return new Queues(fuller.length, fuller.limit, sum);
  }

  private double fullness() {
    return limit > 0 ? (double) length / limit : length;
  }
}
