package dev.gatehouse.net.datagram;

import io.netty.buffer.ByteBuf;

/** Answers the datagrams of one worker, on its thread. */
public interface DatagramHandler {

  /** Told before the datagrams that one call has received. */
  void begin();

  /**
   * Reads one datagram and writes what it gets for it, or nothing.
   *
   * @param out empty, with room for the longest answer
   */
  void handle(Datagram in, ByteBuf out);
}
