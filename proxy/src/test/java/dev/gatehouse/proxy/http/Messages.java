package dev.gatehouse.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.proxy.http.guard.RequestGuard;
import dev.gatehouse.proxy.http.guard.UnderscoreHeaders;
import dev.gatehouse.proxy.http.guard.Verdict;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HeadLimits;
import dev.gatehouse.wire.http.Http1HeadParser;
import dev.gatehouse.wire.http.RequestLine;
import dev.gatehouse.wire.tls.ServerName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the tests write messages: a middle dot is a blank, a dollar is CRLF, a letter is a byte. */
public final class Messages {

  public static final HeadLimits LIMITS = new HeadLimits(8192, 65536, 128);
  public static final Optional<ServerName> SNI = ServerName.parse("a.example");

  private Messages() {}

  public static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text.replace('·', ' ').replace("$", "\r\n"), ISO_8859_1);
  }

  /** Fields as pairs of name and value. */
  public static Fields fields(String... pairs) {
    Fields fields = Fields.NONE;
    for (int i = 0; i < pairs.length; i += 2) {
      fields = fields.with(pairs[i], pairs[i + 1]);
    }
    return fields;
  }

  /** A block of HTTP/2 as pairs of name and value, sound or not. */
  public static List<Map.Entry<CharSequence, CharSequence>> block(String... pairs) {
    List<Map.Entry<CharSequence, CharSequence>> block = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      block.add(Map.entry(pairs[i], pairs[i + 1]));
    }
    return block;
  }

  /** A head of HTTP/1 that is sound by itself. */
  public static Head<RequestLine> head(String text) {
    if (Http1HeadParser.ofRequest(LIMITS).decode(bytes(text))
        instanceof Complete<Head<RequestLine>>(Head<RequestLine> head)) {
      return head;
    }
    throw new AssertionError("no head: " + text);
  }

  /** The request of a head that the guard takes as it is. */
  public static Request request(String text) {
    return accepted(
        new RequestGuard(LIMITS, UnderscoreHeaders.ALLOW).judge(head(text), Optional.empty()));
  }

  /** The request of a block to {@code a.example} with these further fields. */
  public static Request http2Request(String method, boolean ended, String... pairs) {
    List<Map.Entry<CharSequence, CharSequence>> block =
        block(":method", method, ":scheme", "https", ":authority", "a.example", ":path", "/");
    block.addAll(block(pairs));
    return accepted(new RequestGuard(LIMITS, UnderscoreHeaders.ALLOW).judge(block, ended));
  }

  private static Request accepted(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted(Request request, int _) -> request;
      case Verdict.Refused refused -> throw new AssertionError(refused);
    };
  }
}
