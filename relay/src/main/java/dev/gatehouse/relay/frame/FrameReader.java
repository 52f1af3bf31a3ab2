package dev.gatehouse.relay.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.List;

/** Reads the frames of a client, and knows whether one has begun that is not whole yet. */
public final class FrameReader extends WebSocket13FrameDecoder {

  private boolean midFrame;

  /**
   * A reader for one connection.
   *
   * @param maxPayloadLength of one frame
   */
  public FrameReader(int maxPayloadLength) {
    super(
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(true)
            .allowExtensions(false)
            .allowMaskMismatch(false)
            .maxFramePayloadLength(maxPayloadLength)
            // the leg says how its connection ends
            .closeOnProtocolViolation(false)
            // JSON is judged as a whole, and its strings with it
            .withUTF8Validator(false)
            .build());
  }

  /** Whether a frame has begun that is not whole yet. */
  public boolean isMidFrame() {
    return midFrame;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    int frames = out.size();
    int before = in.readableBytes();
    super.decode(ctx, in, out);
    boolean begun = midFrame || in.readableBytes() < before;
    midFrame = in.isReadable() || (out.size() == frames && begun);
  }
}
