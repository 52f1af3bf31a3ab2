package dev.gatehouse.proxy.exchange;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The first bytes of a request's body, kept until it is certain that the backend has got them; so a
 * request can be sent again, or a first time where there was no connection yet.
 */
final class HeldBody {

  /** More than this is never kept once there is a connection. */
  static final int MOST = 64 * 1024;

  private final List<ByteBuf> pieces = new ArrayList<>();
  private int size;
  private boolean whole = true;

  /** Keeps another reference. */
  void add(ByteBuf bytes) {
    pieces.add(bytes.retainedDuplicate());
    size += bytes.readableBytes();
  }

  boolean fits(ByteBuf bytes) {
    return size + bytes.readableBytes() <= MOST;
  }

  boolean isLarge() {
    return size > MOST;
  }

  /** Whether everything that came so far is here. */
  boolean isWhole() {
    return whole;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** Hands out everything once more; the receiver releases it. */
  void replay(Consumer<ByteBuf> to) {
    for (ByteBuf piece : List.copyOf(pieces)) {
      to.accept(piece.retainedDuplicate());
    }
  }

  /** Keeps nothing, now or later. */
  void letGo() {
    whole = false;
    pieces.forEach(ByteBuf::release);
    pieces.clear();
  }
}
