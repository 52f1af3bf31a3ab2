package dev.gatehouse.proxy.http.guard;

import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Http2Block;
import dev.gatehouse.proxy.http.guard.Verdict.Refused;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HeadLimits;
import dev.gatehouse.wire.http.Http1Fault;
import dev.gatehouse.wire.http.RequestLine;
import dev.gatehouse.wire.tls.ServerName;
import java.util.Map;
import java.util.Optional;

/**
 * Judges the head of every request before anything else looks at it.
 *
 * <p>A request goes on only if every server would read it as the guard does: one host, one framing,
 * one target. All that a client can put into a head is under the control of an attacker, so what is
 * doubtful is refused, never repaired.
 *
 * @param limits of one head, the same in both protocols
 */
public record RequestGuard(HeadLimits limits, UnderscoreHeaders underscores) {

  /**
   * Judges a head of HTTP/1.
   *
   * @param asked the name in the ClientHello, which stands for a host that HTTP/1.0 left out
   */
  public Verdict judge(Head<RequestLine> head, Optional<ServerName> asked) {
    return new Http1Rules(head, asked, underscores).judge();
  }

  /**
   * Judges a block of HTTP/2.
   *
   * @param block in the order in which it was received
   * @param ended whether nothing follows it
   */
  public Verdict judge(Iterable<Map.Entry<CharSequence, CharSequence>> block, boolean ended) {
    if (!Http2Block.fits(block, limits)) {
      return Refusal.unserved(
              ErrorStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, RefusalReason.HEADER_SIZE)
          .onHttp2();
    }
    return Http2Block.read(block, Http2Rules.PSEUDO)
        .map(sound -> new Http2Rules(sound, ended, underscores).judge(limits.maxStartLine()))
        .orElseGet(() -> Refusal.malformed(RefusalReason.HEADER).onHttp2());
  }

  /** What becomes of a request whose bytes are no HTTP/1. */
  public static Refused refused(Decoded.Fault fault) {
    return fault instanceof Http1Fault known
        ? refusal(known).onHttp1()
        : Refusal.malformed(RefusalReason.FRAMING).onHttp1();
  }

  private static Refusal refusal(Http1Fault fault) {
    return switch (fault) {
      case START_LINE, STATUS -> Refusal.malformed(RefusalReason.REQUEST_LINE);
      case METHOD -> Refusal.malformed(RefusalReason.METHOD);
      case FIELD -> Refusal.malformed(RefusalReason.HEADER);
      case CHUNK_SIZE, CHUNK_EXTENSION, CHUNK_END -> Refusal.malformed(RefusalReason.FRAMING);
      case START_LINE_LENGTH ->
          Refusal.unserved(ErrorStatus.URI_TOO_LONG, RefusalReason.URI_LENGTH);
      case VERSION ->
          Refusal.unserved(ErrorStatus.HTTP_VERSION_NOT_SUPPORTED, RefusalReason.VERSION);
      case HEADER_SIZE, FIELD_COUNT ->
          Refusal.unserved(ErrorStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, RefusalReason.HEADER_SIZE);
    };
  }
}
