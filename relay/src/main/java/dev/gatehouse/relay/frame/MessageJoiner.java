package dev.gatehouse.relay.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** Joins the fragments of a message, whose length others bound. */
final class MessageJoiner {

  private @Nullable ByteBuf joined;

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

  /** Drops what has come. */
  void clear() {
    if (joined != null) {
      take().release();
    }
  }
}
