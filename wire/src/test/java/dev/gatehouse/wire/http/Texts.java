package dev.gatehouse.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.wire.Decoded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** How the tests write messages: a middle dot is a blank, a dollar is CRLF, a letter is a byte. */
final class Texts {

  static final HeadLimits LIMITS = new HeadLimits(8192, 65536, 128);

  private Texts() {}

  static ByteBuf bytes(String text) {
    return raw(text.replace('·', ' ').replace("$", "\r\n"));
  }

  static ByteBuf raw(String text) {
    return Unpooled.copiedBuffer(text, ISO_8859_1);
  }

  static Decoded<Head<RequestLine>> request(ByteBuf in) {
    return Http1HeadParser.ofRequest(LIMITS).decode(in);
  }

  static Decoded<Head<StatusLine>> response(ByteBuf in) {
    return Http1HeadParser.ofResponse(LIMITS).decode(in);
  }
}
