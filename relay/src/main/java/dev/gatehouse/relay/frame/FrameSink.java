package dev.gatehouse.relay.frame;

import dev.gatehouse.relay.gate.CloseCause;
import io.netty.buffer.ByteBuf;

/** Who is told what a peer has sent; whatever is handed over stays the caller's. */
public interface FrameSink {

  /** Whether it wants to hear more at present. */
  boolean isListening();

  /** A whole frame has come, of which the next call tells. */
  void arrived();

  /** A whole message. */
  void message(ByteBuf message, boolean text);

  /** A part of a message, of which there is more to come. */
  void fragment(boolean text);

  void ping(ByteBuf words);

  void pong();

  void close(ByteBuf words);

  /** The peer has done what it must not, and nothing more is heard of it. */
  void violated(CloseCause cause);
}
