package dev.gatehouse.e2e.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has come by one stream so far. */
final class Incoming {

  private final List<Field> fields = new ArrayList<>();
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean last;
  private boolean ended;
  private @Nullable Frame reset;

  void take(Frame frame, HpackDecoder decoder) throws IOException {
    if (frame.is(FrameType.HEADERS) || frame.is(FrameType.CONTINUATION)) {
      takeBlock(frame, decoder);
    } else if (frame.is(FrameType.DATA)) {
      body.writeBytes(frame.payload());
      ended = frame.has(Frame.END_STREAM);
    } else if (frame.is(FrameType.RST_STREAM)) {
      reset = frame;
    }
  }

  private void takeBlock(Frame frame, HpackDecoder decoder) throws IOException {
    last |= frame.is(FrameType.HEADERS) && frame.has(Frame.END_STREAM);
    block.writeBytes(frame.payload());
    if (frame.has(Frame.END_HEADERS)) {
      fields.addAll(decoder.decode(block.toByteArray()));
      block.reset();
      ended = last;
    }
  }

  /** Whether all of a response is there. */
  boolean isEnded() {
    return ended;
  }

  boolean isBegun() {
    return !fields.isEmpty();
  }

  /** Bytes of the body. */
  int size() {
    return body.size();
  }

  /** The frame that ended it before its time. */
  @Nullable Frame reset() {
    return reset;
  }

  Http2Response response() {
    return new Http2Response(List.copyOf(fields), body.toString(ISO_8859_1));
  }
}
