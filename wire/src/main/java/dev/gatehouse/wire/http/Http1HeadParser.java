package dev.gatehouse.wire.http;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of one HTTP/1 message as its bytes arrive, and takes only what every reader takes
 * for the same.
 *
 * <p>Lines end in CRLF and nothing else, are never folded, and nothing stands before the first: no
 * empty line, no blank. A control byte is refused when it comes, any other fault at the end of its
 * line. What is kept is bounded by the limits, and nothing is cut out of the buffer before it was
 * found to be within them.
 *
 * <p>What fields mean together, such as two lengths of one body, is not judged here. One parser
 * reads one head, on one thread.
 *
 * @param <S> the start line
 */
public final class Http1HeadParser<S> {

  private final Function<String, Decoded<S>> startLine;
  private final HeadLimits limits;
  private final LineScanner lines = new LineScanner();
  private final FieldBlock block;
  private @Nullable S start;

  private Http1HeadParser(Function<String, Decoded<S>> startLine, HeadLimits limits) {
    this.startLine = startLine;
    this.limits = limits;
    this.block = new FieldBlock(limits);
  }

  public static Http1HeadParser<RequestLine> ofRequest(HeadLimits limits) {
    return new Http1HeadParser<>(RequestLine::parse, limits);
  }

  public static Http1HeadParser<StatusLine> ofResponse(HeadLimits limits) {
    return new Http1HeadParser<>(StatusLine::parse, limits);
  }

  /**
   * Looks at the bytes that are new. Not to be called again after an outcome other than {@link
   * Incomplete}.
   *
   * @param in all bytes of the message so far, from the first
   */
  public Decoded<Head<S>> decode(ByteBuf in) {
    S known = start;
    if (known != null) {
      return fields(in, known);
    }
    return switch (startLine(in)) {
      case Incomplete<S>() -> new Incomplete<>();
      case Malformed<S>(Decoded.Fault fault) -> new Malformed<>(fault);
      case Complete<S>(S read) -> {
        start = read;
        yield fields(in, read);
      }
    };
  }

  private Decoded<S> startLine(ByteBuf in) {
    return switch (lines.next(
        in, limits.maxStartLine(), Http1Fault.START_LINE, Http1Fault.START_LINE_LENGTH)) {
      case Incomplete<String>() -> new Incomplete<>();
      case Malformed<String>(Decoded.Fault fault) -> new Malformed<>(fault);
      case Complete<String>(String line) -> startLine.apply(line);
    };
  }

  private Decoded<Head<S>> fields(ByteBuf in, S first) {
    return switch (block.decode(in, lines)) {
      case Incomplete<Fields>() -> new Incomplete<>();
      case Malformed<Fields>(Decoded.Fault fault) -> new Malformed<>(fault);
      case Complete<Fields>(Fields fields) -> {
        lines.consume(in);
        yield new Complete<>(new Head<>(first, fields));
      }
    };
  }
}
