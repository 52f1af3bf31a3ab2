package dev.gatehouse.relay.session;

import dev.gatehouse.relay.gate.CloseCause;
import io.netty.buffer.ByteBuf;

/** What a leg's connection is for; all calls come on the connection's loop. */
interface Conversation {

  /** A whole message, which stays the leg's, with the moment at which its last byte was read. */
  void received(ByteBuf message, long readNanos);

  /**
   * The connection ends, for the first cause that there was; nothing is received after it.
   *
   * @param code what the peer was told or has said; 1005 if it closed without a code
   */
  void ended(CloseCause cause, int code);

  /** A message was not taken, or not in time; the connection is to be closed for it. */
  void writeFailed();
}
