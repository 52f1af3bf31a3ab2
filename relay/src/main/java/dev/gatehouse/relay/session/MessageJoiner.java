package dev.gatehouse.relay.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** Joins the fragments of a message; the limit of one frame holds for all of them together. */
final class MessageJoiner {

  private final int maxBytes;
  private @Nullable ByteBuf joined;

  MessageJoiner(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  boolean isMidMessage() {
    return joined != null;
  }

  /** Whether a fragment would make the message too big. */
  boolean isTooMuch(ByteBuf fragment) {
    return joined != null && joined.readableBytes() + fragment.readableBytes() > maxBytes;
  }

  /** Adds a fragment, which stays the caller's. */
  void add(ByteBuf fragment, ByteBufAllocator allocator) {
    ByteBuf before = joined;
    ByteBuf all = before == null ? allocator.buffer(fragment.readableBytes()) : before;
    joined = all.writeBytes(fragment, fragment.readerIndex(), fragment.readableBytes());
  }

  /** The message, for the caller to release. */
  ByteBuf take() {
    ByteBuf whole = joined;
    joined = null;
    if (whole == null) {
      throw new IllegalStateException("no fragment was added");
    }
    return whole;
  }

  void clear() {
    if (joined != null) {
      take().release();
    }
  }
}
