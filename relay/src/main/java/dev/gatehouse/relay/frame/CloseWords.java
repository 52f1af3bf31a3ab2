package dev.gatehouse.relay.frame;

import dev.gatehouse.relay.gate.Close;
import dev.gatehouse.relay.gate.CloseCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a close frame says: a code and a reason, or nothing (RFC 6455, section 5.5.1). */
public final class CloseWords {

  /** What a close without a code counts as (section 7.4.1). */
  public static final int NO_CODE = 1005;

  private CloseWords() {}

  /** The code, of which there may be none. */
  public static int code(ByteBuf words) {
    return words.isReadable() ? words.getUnsignedShort(words.readerIndex()) : NO_CODE;
  }

  /** What is wrong with them: a code that no peer may send, or a reason that is no text. */
  public static Optional<CloseCause> fault(ByteBuf words) {
    if (!words.isReadable()) {
      return Optional.empty();
    }
    if (!Close.isLegal(code(words))) {
      return Optional.of(CloseCause.PROTOCOL_ERROR);
    }
    int reason = words.readerIndex() + Short.BYTES;
    boolean text =
        ByteBufUtil.isText(words, reason, words.writerIndex() - reason, StandardCharsets.UTF_8);
    return text ? Optional.empty() : Optional.of(CloseCause.NOT_TEXT);
  }

  static ByteBuf write(Close close, ByteBuf out) {
    out.writeShort(close.code());
    out.writeCharSequence(close.reason(), StandardCharsets.UTF_8);
    return out;
  }
}
