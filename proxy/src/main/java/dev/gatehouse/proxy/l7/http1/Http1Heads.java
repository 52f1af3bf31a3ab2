package dev.gatehouse.proxy.l7.http1;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.RequestGuard;
import dev.gatehouse.proxy.http.guard.Verdict;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.Http1HeadParser;
import dev.gatehouse.wire.http.RequestLine;
import dev.gatehouse.wire.tls.ServerName;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Reads the heads of the requests on one connection, one after the other, and judges them. */
final class Http1Heads {

  private final RequestGuard guard;
  private final Optional<ServerName> asked;
  private Http1HeadParser<RequestLine> parser;

  /** What comes next. */
  sealed interface Next {

    /** Not yet. */
    record Nothing() implements Next {}

    /**
     * A request.
     *
     * @param underscores how many of its fields were dropped for their names
     */
    record Sound(Request request, int underscores) implements Next {}

    /** No request, or none that is served; nothing is to be read after it. */
    record Broken(Verdict.Refused refused) implements Next {}
  }

  /**
   * @param asked the name in the ClientHello
   */
  Http1Heads(RequestGuard guard, Optional<ServerName> asked) {
    this.guard = guard;
    this.asked = asked;
    this.parser = Http1HeadParser.ofRequest(guard.limits());
  }

  /**
   * The next head.
   *
   * @param in all bytes of it so far, from the first
   */
  Next next(ByteBuf in) {
    return switch (parser.decode(in)) {
      case Decoded.Incomplete<Head<RequestLine>>() -> new Next.Nothing();
      case Decoded.Malformed<Head<RequestLine>>(Decoded.Fault fault) ->
          new Next.Broken(RequestGuard.refused(fault));
      case Decoded.Complete<Head<RequestLine>>(Head<RequestLine> head) -> judged(head);
    };
  }

  private Next judged(Head<RequestLine> head) {
    parser = Http1HeadParser.ofRequest(guard.limits());
    return switch (guard.judge(head, asked)) {
      case Verdict.Refused refused -> new Next.Broken(refused);
      case Verdict.Accepted(Request request, int underscores) ->
          new Next.Sound(request, underscores);
    };
  }
}
