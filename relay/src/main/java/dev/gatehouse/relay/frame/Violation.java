package dev.gatehouse.relay.frame;

import dev.gatehouse.relay.gate.Close;
import dev.gatehouse.relay.gate.CloseCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a peer has done wrong, as the codec tells it and where the codec does not look. */
public final class Violation {

  private Violation() {}

  /** What the codec does not understand, and nothing after it. */
  public static CloseCause of(CorruptedWebSocketFrameException corrupted) {
    return switch (corrupted.closeStatus().code()) {
      case 1009 -> CloseCause.TOO_BIG;
      // the codec has this code for a close frame of one byte too
      case 1007 ->
          "Invalid close frame body".equals(corrupted.getMessage())
              ? CloseCause.PROTOCOL_ERROR
              : CloseCause.NOT_TEXT;
      default -> CloseCause.PROTOCOL_ERROR;
    };
  }

  /** The codec lets codes above all ranges pass, and a reason that ends within a character. */
  public static Optional<CloseCause> of(CloseWebSocketFrame close) {
    int code = close.statusCode();
    if (code < 0) {
      return Optional.empty();
    }
    if (!Close.isLegal(code)) {
      return Optional.of(CloseCause.PROTOCOL_ERROR);
    }
    ByteBuf body = close.content();
    int reason = body.readerIndex() + Short.BYTES;
    boolean text =
        ByteBufUtil.isText(body, reason, body.writerIndex() - reason, StandardCharsets.UTF_8);
    return text ? Optional.empty() : Optional.of(CloseCause.NOT_TEXT);
  }
}
