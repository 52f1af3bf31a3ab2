package dev.gatehouse.net.datagram;

import dev.gatehouse.kernel.address.AddressFamily;
import io.netty.buffer.ByteBuf;

/** Sends answers that were not ready when their datagram was handled; any thread may. */
@FunctionalInterface
public interface LateAnswers {

  /**
   * Sends the readable bytes, which the caller owns, to an address in the halves of an {@link
   * dev.gatehouse.kernel.address.IpAddress}. One that cannot be sent is counted.
   */
  void send(ByteBuf answer, AddressFamily family, long high, long low, int port);
}
