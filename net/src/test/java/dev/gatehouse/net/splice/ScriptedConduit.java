package dev.gatehouse.net.splice;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Two sockets and a pipe of slots, as the kernel counts: a segment takes whole slots of 4 KiB, and
 * both "nothing now" and "the end" are 0.
 */
final class ScriptedConduit implements Conduit {

  static final int SLOT_BYTES = 4096;
  static final int SLOTS = 16;

  private final Deque<Integer> unread = new ArrayDeque<>();
  private final Deque<Integer> slots = new ArrayDeque<>();
  private long sinkRoom = Long.MAX_VALUE;
  private long delivered;
  private int calls;
  private boolean ended;
  private @Nullable IOException sourceError;
  private @Nullable IOException sinkError;

  /** Segments arrive at the source. */
  void send(int segments, int bytes) {
    for (int i = 0; i < segments; i++) {
      unread.add(bytes);
    }
  }

  void sinkRoom(long bytes) {
    sinkRoom = bytes;
  }

  void breakSource(IOException error) {
    sourceError = error;
  }

  void breakSink(IOException error) {
    sinkError = error;
  }

  long delivered() {
    return delivered;
  }

  boolean ended() {
    return ended;
  }

  /** System calls since the last question. */
  int calls() {
    int count = calls;
    calls = 0;
    return count;
  }

  @Override
  public int fill(int maxBytes) throws IOException {
    calls++;
    if (sourceError != null) {
      throw sourceError;
    }
    int count = 0;
    while (!unread.isEmpty() && slots.size() < SLOTS && count < maxBytes) {
      int segment = unread.remove();
      int taken = Math.min(Math.min(segment, SLOT_BYTES), maxBytes - count);
      slots.add(taken);
      count += taken;
      if (taken < segment) {
        unread.addFirst(segment - taken);
      }
    }
    return count;
  }

  @Override
  public int drain(int maxBytes) throws IOException {
    calls++;
    if (sinkError != null) {
      throw sinkError;
    }
    int count = 0;
    while (!slots.isEmpty() && sinkRoom > 0 && count < maxBytes) {
      int slot = slots.remove();
      int taken = (int) Math.min(Math.min(slot, sinkRoom), maxBytes - count);
      sinkRoom -= taken;
      count += taken;
      if (taken < slot) {
        slots.addFirst(slot - taken);
      }
    }
    delivered += count;
    return count;
  }

  @Override
  public void end() throws IOException {
    calls++;
    if (sinkError != null) {
      throw sinkError;
    }
    if (!slots.isEmpty()) {
      throw new AssertionError("ended with bytes in the pipe");
    }
    ended = true;
  }
}
