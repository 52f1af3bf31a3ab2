package dev.gatehouse.relay.outbox;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait to be written to one phone, in the order in which they came.
 *
 * <p>The bound is of bytes and not of frames, since a healthy phone gets many small ones when it
 * connects. A frame is charged until it has been written, so the one on its way counts. The last
 * thing may be a directive: everything before it is written, nothing after it is taken, and then
 * the phone is to be closed. Any thread may offer, one writes; whatever is offered belongs to the
 * outbox, refused or not.
 */
public final class Outbox {

  /** What a frame costs besides its bytes (specification of the relay, section 2.11). */
  public static final int OVERHEAD = 64;

  private final OutboxBudget budget;
  private final Deque<ByteBuf> waiting = new ArrayDeque<>(0);

  /** When each frame was read that waits or is on its way. */
  private final Moments moments = new Moments();

  private long charged;
  private int closeCode;
  private boolean closed;

  public Outbox(OutboxBudget budget) {
    this.budget = budget;
  }

  /** Adds a frame that was read at that moment. */
  public synchronized Offer offer(ByteBuf frame, long readNanos) {
    Offer offer = admit(frame.readableBytes());
    if (offer == Offer.ACCEPTED) {
      waiting.add(frame);
      moments.add(readNanos);
    } else {
      frame.release();
    }
    return offer;
  }

  /**
   * Adds a last frame, if there is one, and what the phone is to be closed with.
   *
   * @param code above 0
   */
  public synchronized Offer offerLast(@Nullable ByteBuf frame, long readNanos, int code) {
    Offer offer = frame == null ? admitDirective() : offer(frame, readNanos);
    if (offer == Offer.ACCEPTED) {
      closeCode = code;
    }
    return offer;
  }

  /** The next frame to be written, for the caller to release; null if none waits. */
  public synchronized @Nullable ByteBuf poll() {
    return waiting.poll();
  }

  /**
   * Gives back what the oldest frame on its way cost, which has that length and has been written or
   * has failed.
   *
   * @return when it was read
   */
  public synchronized long written(int length) {
    discharge(length + OVERHEAD);
    return moments.remove();
  }

  /** What to close the phone with now that nothing waits any more; 0: nothing yet. */
  public synchronized int dueCloseCode() {
    return waiting.isEmpty() ? closeCode : 0;
  }

  /** What to close the phone with in the end; 0: nothing yet. */
  public synchronized int closeCode() {
    return closeCode;
  }

  /** Drops what waits and takes nothing any more; a frame on its way stays charged. */
  public synchronized void close() {
    closed = true;
    moments.forget(waiting.size());
    while (!waiting.isEmpty()) {
      ByteBuf frame = waiting.remove();
      discharge(frame.readableBytes() + OVERHEAD);
      frame.release();
    }
  }

  /** What is charged now. */
  public synchronized long charged() {
    return charged;
  }

  private Offer admitDirective() {
    // costs as an empty frame, but nothing will be written for which that could be given back
    Offer offer = admit(0);
    if (offer == Offer.ACCEPTED) {
      discharge(OVERHEAD);
    }
    return offer;
  }

  private Offer admit(int length) {
    if (closed || closeCode != 0) {
      return Offer.CLOSED;
    }
    long cost = (long) length + OVERHEAD;
    if (charged + cost > budget.inForce()) {
      close();
      return Offer.FULL;
    }
    charged += cost;
    budget.charge(cost);
    return Offer.ACCEPTED;
  }

  private void discharge(long cost) {
    charged -= cost;
    budget.discharge(cost);
  }
}
