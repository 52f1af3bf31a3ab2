package dev.gatehouse.relay.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to a binary; on its loop. It is bounded by the windows of its phones, of
 * which each stops reading while too much of its own waits here.
 */
final class BinaryQueue {

  /**
   * An envelope; the phone is who is told what became of it.
   *
   * @param inner the length of the phone's message, or the code of a notice that it has gone
   * @param readNanos when the message was read; of a notice nobody asks
   */
  private record Waiting(
      PhoneLeg phone, boolean notice, int inner, long readNanos, ByteBuf envelope) {}

  private final Deque<Waiting> waiting = new ArrayDeque<>(0);
  private final Deque<Waiting> sending = new ArrayDeque<>(0);

  void add(PhoneLeg phone, int length, long readNanos, ByteBuf envelope) {
    waiting.add(new Waiting(phone, false, length, readNanos, envelope));
  }

  void addNotice(PhoneLeg phone, int code, ByteBuf envelope) {
    waiting.add(new Waiting(phone, true, code, 0, envelope));
  }

  @Nullable ByteBuf poll() {
    Waiting next = waiting.poll();
    if (next == null) {
      return null;
    }
    sending.add(next);
    return next.envelope();
  }

  void sent(boolean whole) {
    tell(sending.remove(), whole);
  }

  /** Drops what was not polled yet. */
  void clear() {
    while (!waiting.isEmpty()) {
      Waiting dropped = waiting.remove();
      dropped.envelope().release();
      tell(dropped, false);
    }
  }

  private static void tell(Waiting one, boolean whole) {
    if (one.notice()) {
      one.phone().noticed(one.inner(), whole);
    } else {
      one.phone().forwarded(one.inner(), one.readNanos(), whole);
    }
  }
}
