package dev.gatehouse.relay.frame;

import dev.gatehouse.net.listen.HeldBytes;
import dev.gatehouse.relay.gate.CloseCause;
import dev.gatehouse.wire.websocket.FrameReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What a peer sends: takes bytes as they come and tells of frames, and of messages once they are
 * whole. One connection, on its loop.
 */
public final class FrameInput {

  private final FrameReader reader;
  private final ByteBufAllocator allocator;
  private final FrameSink sink;
  private final HeldBytes held = new HeldBytes();
  private final MessageJoiner joiner = new MessageJoiner();
  private boolean text;
  private boolean deaf;

  /**
   * The input of one connection.
   *
   * @param maxMessageBytes of a whole message
   */
  public FrameInput(int maxMessageBytes, ByteBufAllocator allocator, FrameSink sink) {
    this.reader = new FrameReader(maxMessageBytes);
    this.allocator = allocator;
    this.sink = sink;
  }

  /** Takes bytes that have come, which belong to this from now on, and tells what they are. */
  public void add(ByteBuf bytes) {
    if (deaf) {
      bytes.release();
      return;
    }
    ByteBuf _ = held.add(allocator, bytes);
    advance();
  }

  /** Tells what has come, as long as somebody listens. */
  public void advance() {
    ByteBuf in = held.take();
    if (in == null) {
      return;
    }
    boolean more = true;
    while (more && sink.isListening()) {
      more = next(in);
    }
    if (in.isReadable() && !deaf) {
      ByteBuf _ = held.add(allocator, kept(in));
    } else {
      in.release();
    }
  }

  private boolean next(ByteBuf in) {
    return switch (reader.read(in)) {
      case COMPLETE -> {
        tell(in);
        yield !deaf;
      }
      case INCOMPLETE -> false;
      case MALFORMED -> refuse(CloseCause.PROTOCOL_ERROR);
      case TOO_LARGE -> refuse(CloseCause.TOO_BIG);
    };
  }

  private boolean refuse(CloseCause cause) {
    deaf = true;
    sink.violated(cause);
    return false;
  }

  /** The payload is what of the bytes can be read while it is told of. */
  private void tell(ByteBuf in) {
    int next = in.readerIndex();
    int end = in.writerIndex();
    in.setIndex(reader.from(), reader.to());
    sink.arrived();
    switch (reader.opcode()) {
      case TEXT -> begin(in, true);
      case BINARY -> begin(in, false);
      case CONTINUATION -> join(in);
      case CLOSE -> sink.close(in);
      case PING -> sink.ping(in);
      case PONG -> sink.pong();
    }
    in.setIndex(next, end);
  }

  private void begin(ByteBuf payload, boolean isText) {
    text = isText;
    if (reader.isLast()) {
      sink.message(payload, isText);
    } else {
      join(payload);
    }
  }

  private void join(ByteBuf payload) {
    joiner.add(payload, allocator);
    if (!reader.isLast()) {
      sink.fragment(text);
      return;
    }
    ByteBuf whole = joiner.take();
    try {
      sink.message(whole, text);
    } finally {
      whole.release();
    }
  }

  /**
   * The beginning of a frame, without what was before it in the same buffer: a few bytes that
   * dribble in must not keep much memory. There is room for as much again, at the most.
   */
  private ByteBuf kept(ByteBuf in) {
    if (in.readerIndex() == 0) {
      return in;
    }
    int begun = in.readableBytes();
    int room = Math.max(begun, Math.min(reader.wholeLength(), 2 * begun));
    ByteBuf start = allocator.buffer(room).writeBytes(in);
    in.release();
    return start;
  }

  /** Whether a frame or a message has begun that is not whole. */
  public boolean isMidMessage() {
    return held.isReadable() || reader.isMidMessage();
  }

  /** Forgets what is not whole. */
  public void clear() {
    held.discard();
    joiner.clear();
  }
}
