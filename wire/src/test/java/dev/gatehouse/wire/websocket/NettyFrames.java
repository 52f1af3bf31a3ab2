package dev.gatehouse.wire.websocket;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;

/** A second opinion on the same bytes: what Netty's decoder makes of them. */
final class NettyFrames {

  /** What stands at the end if something was refused. */
  static final String REFUSED = "refused";

  private NettyFrames() {}

  /** The frames in words, up to what is refused. */
  static List<String> of(byte[] input, int maxPayload) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new WebSocket13FrameDecoder(
                WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(true)
                    .allowExtensions(false)
                    .maxFramePayloadLength(maxPayload)
                    .closeOnProtocolViolation(false)
                    .withUTF8Validator(false)
                    .build()));
    List<String> all = new ArrayList<>();
    boolean refused = false;
    try {
      boolean _ = channel.writeInbound(Unpooled.wrappedBuffer(input));
    } catch (CorruptedFrameException e) {
      refused = true;
    }
    for (WebSocketFrame frame = channel.readInbound();
        frame != null;
        frame = channel.readInbound()) {
      all.add(words(opcode(frame), frame));
      frame.release();
    }
    if (refused) {
      all.add(REFUSED);
    }
    channel.finishAndReleaseAll();
    return all;
  }

  private static String words(Opcode opcode, WebSocketFrame frame) {
    return words(opcode, frame.isFinalFragment(), ByteBufUtil.hexDump(frame.content()));
  }

  /** One frame in words. */
  static String words(Opcode opcode, boolean last, String payload) {
    return opcode + " " + last + " " + payload;
  }

  private static Opcode opcode(WebSocketFrame frame) {
    return switch (frame) {
      case TextWebSocketFrame _ -> Opcode.TEXT;
      case BinaryWebSocketFrame _ -> Opcode.BINARY;
      case CloseWebSocketFrame _ -> Opcode.CLOSE;
      case PingWebSocketFrame _ -> Opcode.PING;
      case PongWebSocketFrame _ -> Opcode.PONG;
      default -> Opcode.CONTINUATION;
    };
  }
}
