package dev.gatehouse.wire.bencode;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Fault;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Reads values in the canonical form: integers without leading zeros, keys that are strings, rise
 * and come once.
 *
 * <p>A form that is not canonical is refused, since two readers that mend it differently would see
 * two different torrents in one file.
 */
public final class BencodeReader {

  /** For values that a scan has judged already. */
  private static final BencodeLimits JUDGED =
      new BencodeLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private BencodeReader() {}

  /** Reads one value from all bytes that are there; keeps no state between calls. */
  public static Decoded<BencodeValue> read(ByteBuf in, BencodeLimits limits) {
    BencodeScanner scanner = new BencodeScanner(in, limits);
    int start = in.readerIndex();
    int end = scanner.value(start, 0);
    if (end == BencodeScanner.STOP) {
      Optional<Fault> fault = scanner.fault().map(Fault.class::cast);
      return fault.<Decoded<BencodeValue>>map(Malformed::new).orElseGet(Incomplete::new);
    }
    BencodeValue value = at(in, start);
    in.readerIndex(end);
    return new Complete<>(value);
  }

  /** The value at an index of bytes that have been judged. */
  static BencodeValue at(ByteBuf in, int start) {
    BencodeScanner scanner = new BencodeScanner(in, JUDGED);
    int end = scanner.value(start, 0);
    ByteBuf span = in.slice(start, end - start);
    return switch (in.getByte(start)) {
      case 'i' -> new BencodeValue.Whole(whole(scanner, in, start + 1, end - 1), span);
      case 'l' -> new BencodeValue.Sequence(span);
      case 'd' -> new BencodeValue.Dictionary(span);
      default -> {
        int content = scanner.content();
        yield new BencodeValue.Text(in.slice(content, end - content), span);
      }
    };
  }

  private static long whole(BencodeScanner scanner, ByteBuf in, int from, int to) {
    return in.getByte(from) == '-' ? scanner.number(from + 1, to) : -scanner.number(from, to);
  }
}
