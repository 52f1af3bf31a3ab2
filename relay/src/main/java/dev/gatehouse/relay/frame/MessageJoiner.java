package dev.gatehouse.relay.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** Joins the fragments of a message; the limit of one frame holds for all of them together. */
public final class MessageJoiner {

  private final int maxBytes;
  private @Nullable ByteBuf joined;

  /**
   * A joiner for one connection.
   *
   * @param maxBytes of a whole message
   */
  public MessageJoiner(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Whether fragments have come and the last one has not. */
  public boolean isMidMessage() {
    return joined != null;
  }

  /** Whether a fragment would make the message too big. */
  public boolean isTooMuch(ByteBuf fragment) {
    return joined != null && joined.readableBytes() + fragment.readableBytes() > maxBytes;
  }

  /** Adds a fragment, which stays the caller's. */
  public void add(ByteBuf fragment, ByteBufAllocator allocator) {
    ByteBuf before = joined;
    ByteBuf all = before == null ? allocator.buffer(fragment.readableBytes()) : before;
    joined = all.writeBytes(fragment, fragment.readerIndex(), fragment.readableBytes());
  }

  /** The message, for the caller to release. */
  public ByteBuf take() {
    ByteBuf whole = joined;
    joined = null;
    if (whole == null) {
      throw new IllegalStateException("no fragment was added");
    }
    return whole;
  }

  /** Drops what has come. */
  public void clear() {
    if (joined != null) {
      take().release();
    }
  }
}
