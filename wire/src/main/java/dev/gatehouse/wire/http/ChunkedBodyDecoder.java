package dev.gatehouse.wire.http;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import io.netty.buffer.ByteBuf;

/**
 * Reads a chunked body part by part (RFC 9112 section 7.1), as strictly as {@link Http1HeadParser}
 * reads its head.
 *
 * <p>Data is handed on as it arrives and never gathered. Well-formed extensions are read and
 * dropped, within limits, since they are the oldest hiding place of a second request. Whether a
 * trailer may hold a field is not judged here. One decoder reads one body, on one thread.
 */
public final class ChunkedBodyDecoder {

  /** The most characters of extensions of one chunk, and of all chunks of a body. */
  static final int MAX_EXTENSION_LENGTH = 1024;

  static final int MAX_EXTENSIONS_LENGTH = 16 * 1024;

  private static final int MAX_LINE_LENGTH = ChunkHead.MAX_DIGITS + MAX_EXTENSION_LENGTH;

  private final LineScanner lines = new LineScanner();
  private final FieldBlock trailer;
  private Phase phase = Phase.SIZE;
  private long rest;
  private int extensionsLength;

  /** What a chunked body consists of. */
  public sealed interface Part {

    /** The next bytes; whoever receives them releases them. */
    record Data(ByteBuf bytes) implements Part {}

    /** The end, with the fields behind the last chunk. */
    record End(Fields trailer) implements Part {}
  }

  private enum Phase {
    SIZE,
    DATA,
    DATA_END,
    TRAILER
  }

  /**
   * @param limits of the trailer
   */
  public ChunkedBodyDecoder(HeadLimits limits) {
    trailer = new FieldBlock(limits);
  }

  /**
   * Reads the next part, and consumes what it understood even where a part is incomplete. Not to be
   * called again after a fault or the end.
   */
  public Decoded<Part> decode(ByteBuf in) {
    return switch (phase) {
      case SIZE -> size(in);
      case DATA -> data(in);
      case DATA_END -> dataEnd(in);
      case TRAILER -> trailer(in);
    };
  }

  private Decoded<Part> size(ByteBuf in) {
    return switch (lines.next(
        in, MAX_LINE_LENGTH, Http1Fault.CHUNK_SIZE, Http1Fault.CHUNK_EXTENSION)) {
      case Incomplete<String>() -> new Incomplete<>();
      case Malformed<String>(Decoded.Fault fault) -> new Malformed<>(fault);
      case Complete<String>(String line) ->
          switch (ChunkHead.parse(line)) {
            case Incomplete<ChunkHead>() -> new Incomplete<>();
            case Malformed<ChunkHead>(Decoded.Fault fault) -> new Malformed<>(fault);
            case Complete<ChunkHead>(ChunkHead head) -> enter(head, in);
          };
    };
  }

  private Decoded<Part> enter(ChunkHead head, ByteBuf in) {
    extensionsLength += head.extensionLength();
    if (head.extensionLength() > MAX_EXTENSION_LENGTH || extensionsLength > MAX_EXTENSIONS_LENGTH) {
      return new Malformed<>(Http1Fault.CHUNK_EXTENSION);
    }
    lines.consume(in);
    rest = head.size();
    phase = rest == 0 ? Phase.TRAILER : Phase.DATA;
    return decode(in);
  }

  private Decoded<Part> data(ByteBuf in) {
    if (!in.isReadable()) {
      return new Incomplete<>();
    }
    int length = (int) Math.min(rest, in.readableBytes());
    rest -= length;
    phase = rest == 0 ? Phase.DATA_END : Phase.DATA;
    return new Complete<>(new Part.Data(in.readRetainedSlice(length)));
  }

  private Decoded<Part> dataEnd(ByteBuf in) {
    return switch (lines.next(in, 0, Http1Fault.CHUNK_END, Http1Fault.CHUNK_END)) {
      case Incomplete<String>() -> new Incomplete<>();
      case Malformed<String>(Decoded.Fault fault) -> new Malformed<>(fault);
      case Complete<String>(String _) -> {
        lines.consume(in);
        phase = Phase.SIZE;
        yield decode(in);
      }
    };
  }

  private Decoded<Part> trailer(ByteBuf in) {
    return switch (trailer.decode(in, lines)) {
      case Incomplete<Fields>() -> new Incomplete<>();
      case Malformed<Fields>(Decoded.Fault fault) -> new Malformed<>(fault);
      case Complete<Fields>(Fields fields) -> {
        lines.consume(in);
        yield new Complete<>(new Part.End(fields));
      }
    };
  }
}
