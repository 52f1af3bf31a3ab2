package dev.gatehouse.proxy.http.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.Trailers;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import dev.gatehouse.wire.http.ChunkedBodyDecoder;
import dev.gatehouse.wire.http.ChunkedBodyDecoder.Part;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.Http1HeadParser;
import dev.gatehouse.wire.http.RequestLine;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What one connection of HTTP/1 comes to: a line for each request in turn, up to the first that is
 * refused, after which nothing is read.
 */
final class Conversation {

  static final String WAITS = "waits";

  private final RequestGuard guard;
  private final ByteBuf in;
  private final List<String> outcomes = new ArrayList<>();

  private Conversation(RequestGuard guard, ByteBuf in) {
    this.guard = guard;
    this.in = in;
  }

  static List<String> of(RequestGuard guard, ByteBuf in) {
    Conversation conversation = new Conversation(guard, in);
    boolean open = true;
    while (open && in.isReadable()) {
      open = conversation.next();
    }
    return conversation.outcomes;
  }

  private boolean next() {
    return switch (Http1HeadParser.ofRequest(guard.limits()).decode(in)) {
      case Incomplete<Head<RequestLine>>() -> ends(WAITS);
      case Malformed<Head<RequestLine>>(Decoded.Fault fault) -> ends(RequestGuard.refused(fault));
      case Complete<Head<RequestLine>>(Head<RequestLine> head) ->
          switch (guard.judge(head, Messages.SNI)) {
            case Verdict.Refused refused -> ends(refused);
            case Verdict.Accepted(Request request, int _) -> body(request);
          };
    };
  }

  private boolean body(Request request) {
    String line = request.method() + ' ' + request.target();
    return switch (request.framing()) {
      case Framing.None() -> goesOn(line);
      case Framing.Length(long length) ->
          length <= in.readableBytes()
              ? goesOn(line + ' ' + in.readCharSequence((int) length, ISO_8859_1))
              : ends(WAITS);
      case Framing.Streamed() -> chunks(line + ' ', new ChunkedBodyDecoder(guard.limits()));
      case Framing.UntilClose() -> throw new AssertionError("a request that ends with the close");
    };
  }

  private boolean chunks(String line, ChunkedBodyDecoder decoder) {
    return switch (decoder.decode(in)) {
      case Incomplete<Part>() -> ends(WAITS);
      case Malformed<Part>(Decoded.Fault fault) -> ends(RequestGuard.refused(fault));
      case Complete<Part>(Part.End(Fields trailer)) ->
          Trailers.ofRequest(trailer).isPresent() ? goesOn(line) : ends("400 header");
      case Complete<Part>(Part.Data(ByteBuf data)) -> {
        String more = data.toString(ISO_8859_1);
        data.release();
        yield chunks(line + more, decoder);
      }
    };
  }

  private boolean goesOn(String outcome) {
    outcomes.add(outcome);
    return true;
  }

  private boolean ends(String outcome) {
    outcomes.add(outcome);
    return false;
  }

  private boolean ends(Verdict.Refused refused) {
    if (refused.ending() != Verdict.Ending.CLOSE) {
      throw new AssertionError("a refusal of HTTP/1 that goes on: " + refused);
    }
    return ends(refused.status().code() + " " + refused.reason().label());
  }
}
