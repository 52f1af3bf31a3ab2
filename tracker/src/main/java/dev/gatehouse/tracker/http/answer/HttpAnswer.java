package dev.gatehouse.tracker.http.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What an answer is beside its body.
 *
 * @param last whether the connection ends with it
 * @param oldVersion whether the client speaks HTTP/1.0, which must be told that it goes on
 * @param onlyHead whether the body is not sent
 */
public record HttpAnswer(
    HttpStatus status, ContentType type, boolean last, boolean oldVersion, boolean onlyHead) {

  private static final byte[] CLOSE = "\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] KEEP = "\r\nConnection: keep-alive\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] END = "\r\n\r\n".getBytes(US_ASCII);
  private static final int MAX_DIGITS = 10;
  private static final int TEN = 10;

  /** The bytes of the answer; of the body all that is readable, which stays so. */
  public ByteBuf encode(ByteBufAllocator allocator, ByteBuf body) {
    int length = body.readableBytes();
    int head =
        status.line().length
            + type.field().length
            + MAX_DIGITS
            + Math.max(CLOSE.length, KEEP.length);
    ByteBuf out = allocator.ioBuffer(head + length);
    out.writeBytes(status.line());
    out.writeBytes(type.field());
    writeNumber(out, length);
    out.writeBytes(end());
    if (!onlyHead) {
      out.writeBytes(body, body.readerIndex(), length);
    }
    return out;
  }

  private byte[] end() {
    if (last) {
      return CLOSE;
    }
    return oldVersion ? KEEP : END;
  }

  private static void writeNumber(ByteBuf out, int number) {
    int unit = 1;
    while (number / unit >= TEN) {
      unit *= TEN;
    }
    for (int rest = unit; rest > 0; rest /= TEN) {
      out.writeByte('0' + number / rest % TEN);
    }
  }
}
