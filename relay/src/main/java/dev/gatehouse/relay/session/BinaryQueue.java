package dev.gatehouse.relay.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to a binary: any thread adds, its loop takes. It is bounded by the
 * windows of its phones, of which each is no longer heard while too much of its own waits here.
 */
final class BinaryQueue {

  /** Entries that are kept for what comes next; more are only needed after a crowd. */
  private static final int MAX_SPARE = 64;

  /** An envelope, and the phone that is told what became of it. */
  private static final class Entry {

    private @Nullable PhoneLeg phone;
    private @Nullable ByteBuf envelope;
    private boolean notice;

    /** The length of the phone's message, or the code of a notice that it has gone. */
    private int inner;

    /** When the message was read; of a notice nobody asks. */
    private long readNanos;

    void tell(boolean whole) {
      PhoneLeg of = Objects.requireNonNull(phone);
      if (notice) {
        of.noticed(inner, whole);
      } else {
        of.forwarded(inner, readNanos, whole);
      }
    }
  }

  private final Deque<Entry> waiting = new ArrayDeque<>(0);
  private final Deque<Entry> spare = new ArrayDeque<>(0);

  /** On the binary's loop, as nothing else here is. */
  private final Deque<Entry> sending = new ArrayDeque<>(0);

  private boolean closed;

  /** Adds an envelope around a message of that length; false if nothing is taken any more. */
  synchronized boolean add(PhoneLeg phone, int length, long readNanos, ByteBuf envelope) {
    return add(phone, false, length, readNanos, envelope);
  }

  /** Adds a notice that a phone has gone; false if nothing is taken any more. */
  synchronized boolean addNotice(PhoneLeg phone, int code, ByteBuf envelope) {
    return add(phone, true, code, 0, envelope);
  }

  private boolean add(PhoneLeg phone, boolean notice, int inner, long readNanos, ByteBuf envelope) {
    if (closed) {
      return false;
    }
    Entry kept = spare.poll();
    Entry entry = kept == null ? new Entry() : kept;
    entry.phone = phone;
    entry.notice = notice;
    entry.inner = inner;
    entry.readNanos = readNanos;
    entry.envelope = envelope;
    waiting.add(entry);
    return true;
  }

  /** The next, which belongs to the caller; on the loop. */
  @Nullable ByteBuf poll() {
    Entry next = next();
    if (next == null) {
      return null;
    }
    sending.add(next);
    return next.envelope;
  }

  private synchronized @Nullable Entry next() {
    return waiting.poll();
  }

  /** What became of the oldest that was polled; on the loop. */
  void sent(boolean whole) {
    Entry oldest = sending.remove();
    oldest.tell(whole);
    keep(oldest);
  }

  private synchronized void keep(Entry entry) {
    entry.phone = null;
    entry.envelope = null;
    if (spare.size() < MAX_SPARE) {
      spare.push(entry);
    }
  }

  /** Drops what was not polled yet, and takes nothing any more. */
  void close() {
    shut();
    for (Entry dropped = next(); dropped != null; dropped = next()) {
      Objects.requireNonNull(dropped.envelope).release();
      dropped.tell(false);
    }
  }

  private synchronized void shut() {
    closed = true;
    spare.clear();
  }
}
