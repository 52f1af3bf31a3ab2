package dev.gatehouse.net.listen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a connection, kept in one buffer while it is not known yet what they are.
 *
 * <p>Whoever keeps them bounds them. One connection, on its loop.
 */
public final class HeldBytes {

  private @Nullable ByteBuf held;

  /**
   * Takes what was read, as a buffer that is now owned here.
   *
   * @return all bytes so far, still owned here
   */
  public ByteBuf add(ByteBufAllocator allocator, ByteBuf in) {
    ByteBuf before = held;
    held = null;
    ByteBuf all = before == null ? in : joined(allocator, before, in);
    held = all;
    return all;
  }

  /** All bytes that are kept, still owned here; not to be asked for where there are none. */
  public ByteBuf bytes() {
    return Objects.requireNonNull(held);
  }

  /** How many bytes of what is kept have not been read. */
  public int length() {
    return held == null ? 0 : held.readableBytes();
  }

  /** Whether nothing is kept. */
  public boolean isEmpty() {
    return held == null;
  }

  /** Whether a byte of what is kept has not been read. */
  public boolean isReadable() {
    return held != null && held.isReadable();
  }

  /** Gives the bytes away, null if there are none; the caller owns them. */
  public @Nullable ByteBuf take() {
    ByteBuf taken = held;
    held = null;
    return taken;
  }

  /** Lets go of what is kept. */
  public void discard() {
    ByteBuf taken = take();
    if (taken != null) {
      taken.release();
    }
  }

  /** Grows the first buffer in place where it can. */
  private static ByteBuf joined(ByteBufAllocator allocator, ByteBuf before, ByteBuf in) {
    ByteBuf all = before;
    if (before.maxWritableBytes() < in.readableBytes()) {
      all = allocator.buffer(before.readableBytes() + in.readableBytes()).writeBytes(before);
      before.release();
    }
    all.writeBytes(in);
    in.release();
    return all;
  }
}
