package dev.gatehouse.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/**
 * Cuts lines at CRLF, and refuses every other control byte but tabs as soon as it is there.
 *
 * <p>Each byte is looked at once. Positions count from the reader index, which moves only in {@link
 * #consume}.
 */
final class LineScanner {

  private static final byte DELETE = 0x7f;

  /** Goes on over blanks, tabs, all that is visible, and bytes beyond ASCII, which are negative. */
  private static final ByteProcessor CLEAN =
      octet -> (octet >= ' ' && octet != DELETE) || octet < 0 || octet == '\t';

  private int lineStart;
  private int scanned;

  /**
   * The next line, without its CRLF; one character for each byte.
   *
   * @param maxLength without CRLF
   * @param broken why a line is refused that holds a control
   * @param tooLong why a line is refused that is longer
   */
  Decoded<String> next(ByteBuf in, int maxLength, Http1Fault broken, Http1Fault tooLong) {
    int origin = in.readerIndex();
    int window = Math.min(in.readableBytes(), lineStart + maxLength + 1);
    int stop = in.forEachByte(origin + scanned, Math.max(0, window - scanned), CLEAN);
    if (stop < 0) {
      scanned = Math.max(scanned, window);
      return scanned - lineStart > maxLength ? new Malformed<>(tooLong) : new Incomplete<>();
    }
    scanned = stop - origin;
    if (in.getByte(stop) != '\r') {
      return new Malformed<>(broken);
    }
    if (scanned + 1 == in.readableBytes()) {
      return new Incomplete<>();
    }
    if (in.getByte(stop + 1) != '\n') {
      return new Malformed<>(broken);
    }
    String line = in.toString(origin + lineStart, scanned - lineStart, ISO_8859_1);
    scanned += 2;
    lineStart = scanned;
    return new Complete<>(line);
  }

  /** Moves the reader index behind the lines that were cut. */
  void consume(ByteBuf in) {
    in.skipBytes(lineStart);
    scanned -= lineStart;
    lineStart = 0;
  }
}
