package dev.gatehouse.net.splice;

import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * Moves the bytes of one direction of a relay, and its end.
 *
 * <p>The kernel reports edges, not levels, so the pump remembers for either socket whether it is
 * ready and forgets it only when a call proves the contrary:
 *
 * <ul>
 *   <li>A sink that takes nothing of a pipe which holds something is full until its next edge.
 *   <li>A source that gives nothing to an <em>empty</em> pipe has nothing now; or has ended, if its
 *       hang-up was reported before. Hang-up alone is no end: bytes may still be unread.
 *   <li>A source that gives nothing to a pipe which holds something proves neither. A pipe has
 *       slots, a small segment takes a whole one, and the slots may be gone long before the bytes
 *       are. The pump drains and asks again.
 * </ul>
 *
 * <p>Confined to one event loop; allocates nothing but the failure that ends it.
 */
final class SplicePump {

  /** What a turn came to. */
  enum Turn {
    /** Nothing more can be moved before the next edge. */
    IDLE,
    /** The turn was long enough; there may be more to move. */
    MORE,
    /** The end of the source was passed on; the pipe is empty and nothing will follow. */
    ENDED,
    SOURCE_FAILED,
    SINK_FAILED
  }

  /** After so many bytes other connections of the loop have their turn. */
  static final int TURN_BYTES = 1 << 20;

  private final Conduit conduit;
  private final int pipeBytes;
  private boolean sourceReady = true;
  private boolean sinkReady = true;
  private boolean hungUp;
  private boolean exhausted;
  private boolean ended;
  private boolean atSink;
  private int held;
  private long received;
  private @Nullable Exception failure;

  /**
   * A pump that begins with its first turn.
   *
   * @param ended whether the source ended before, and its end was passed on
   */
  SplicePump(Conduit conduit, int pipeBytes, boolean ended) {
    this.conduit = conduit;
    this.pipeBytes = pipeBytes;
    this.ended = ended;
  }

  /** Notes that the source may have bytes, or its end. */
  void sourceReady() {
    sourceReady = true;
  }

  /** Notes that the source will send nothing after what is unread. */
  void sourceHungUp() {
    hungUp = true;
    sourceReady = true;
  }

  /** Notes that the sink may have room. */
  void sinkReady() {
    sinkReady = true;
  }

  /** Bytes read from the source so far. */
  long received() {
    return received;
  }

  /** Whether bytes are in the pipe. */
  boolean holdsBytes() {
    return held > 0;
  }

  /** Whether the end of the source was passed on. */
  boolean ended() {
    return ended;
  }

  /** Why a turn failed. */
  Exception failure() {
    if (failure == null) {
      throw new IllegalStateException("no turn failed");
    }
    return failure;
  }

  /** Moves what can be moved now, within the bound of a turn. */
  Turn turn() {
    try {
      return ended ? Turn.IDLE : move();
    } catch (IOException | NotYetConnectedException thrown) {
      failure = thrown;
      return atSink ? Turn.SINK_FAILED : Turn.SOURCE_FAILED;
    }
  }

  private Turn move() throws IOException {
    int moved = 0;
    while (moved < TURN_BYTES) {
      int in = fill();
      int out = drain();
      if (exhausted) {
        return end();
      }
      if (in == 0 && out == 0) {
        return Turn.IDLE;
      }
      moved += out;
    }
    return Turn.MORE;
  }

  private int fill() throws IOException {
    if (!sourceReady || held == pipeBytes) {
      return 0;
    }
    atSink = false;
    int count = conduit.fill(pipeBytes - held);
    if (count == 0 && held == 0) {
      sourceReady = false;
      exhausted = hungUp;
    }
    held += count;
    received += count;
    return count;
  }

  private int drain() throws IOException {
    if (!sinkReady || held == 0) {
      return 0;
    }
    atSink = true;
    int count = conduit.drain(held);
    sinkReady = count > 0;
    held -= count;
    return count;
  }

  private Turn end() throws IOException {
    atSink = true;
    conduit.end();
    ended = true;
    return Turn.ENDED;
  }
}
