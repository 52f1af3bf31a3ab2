package dev.gatehouse.relay.session;

import dev.gatehouse.relay.frame.FrameOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes what a source has, as much at a time as the kernel can soon take, and tells it what became
 * of each message. The rest waits in the source, from which it can still be dropped when the
 * connection must end at once. On the connection's loop, but for {@link #ask}.
 */
final class Sending {

  /** Handed to the channel at a time, unless one message alone is longer. */
  private static final int MAX_UNDER_WAY = 64 * 1024;

  private static final int FIRST_CAPACITY = 8;
  private static final int[] NONE = {};

  private final FrameOutput output;
  private final FrameSource source;
  private final Traffic traffic;
  private final AtomicBoolean asked = new AtomicBoolean();

  /** Of the messages that are under way. */
  private int[] lengths = NONE;

  private int count;
  private boolean writing;
  private boolean stopped;

  Sending(Channel channel, FrameSource source, Traffic traffic) {
    this.output = new FrameOutput(channel);
    this.source = source;
    this.traffic = traffic;
  }

  /** Whether this is the first who asks for a {@link #write} since the last; any thread. */
  boolean ask() {
    return asked.compareAndSet(false, true);
  }

  void ping(long number) {
    output.ping(number);
  }

  /**
   * Writes until the source has nothing more or the kernel takes no more.
   *
   * @param text whether as text
   */
  void write(boolean text) {
    asked.set(false);
    if (writing) {
      // whoever writes is told by the kernel in between, and goes on
      return;
    }
    writing = true;
    while (isSettled() && isFilled(text)) {
      output.flush();
    }
    writing = false;
    if (count == 0 && !stopped) {
      source.drained();
    }
  }

  private boolean isSettled() {
    if (count > 0 && output.isTaken()) {
      tell(true);
    }
    return count == 0;
  }

  private boolean isFilled(boolean text) {
    int bytes = 0;
    while (!stopped && bytes < MAX_UNDER_WAY) {
      ByteBuf next = source.poll();
      if (next == null) {
        break;
      }
      int length = next.readableBytes();
      note(length);
      output.add(next, text);
      // a message costs something, however short it is
      bytes += length + 1;
    }
    return count > 0;
  }

  private void note(int length) {
    if (count == lengths.length) {
      lengths = Arrays.copyOf(lengths, Math.max(FIRST_CAPACITY, 2 * count));
    }
    lengths[count++] = length;
  }

  private void tell(boolean whole) {
    int told = count;
    count = 0;
    for (int i = 0; i < told; i++) {
      if (whole) {
        traffic.sent(lengths[i]);
      }
      source.sent(lengths[i], whole);
    }
  }

  /** Whether the kernel has not taken everything yet that it was given. */
  boolean isUnderWay() {
    return count > 0;
  }

  /** Whether it has taken a part since this was asked last. */
  boolean hasMoved() {
    return count > 0 && output.hasMoved();
  }

  /** Takes nothing more from the source. */
  void stop() {
    stopped = true;
  }

  /** What is under way is lost. */
  void lose() {
    tell(false);
  }
}
