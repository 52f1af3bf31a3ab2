package dev.gatehouse.wire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.http.ChunkedBodyDecoder.Part;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Netty's decoder as second opinion on messages that are a few bytes off: what it refuses, we
 * refuse, and what we take, it reads as the same.
 */
class NettyHttpOracleTest {

  private static final int ROUNDS = 20_000;

  private static final List<String> HEADS =
      List.of(
          "GET / HTTP/1.1\r\nHost: a.example\r\nUser-Agent: x y\r\nCookie: a=b; c=d\r\n\r\n",
          "POST /p?q=%0d%0a HTTP/1.0\r\nA: \r\nB:b\r\nAccept: */*, text/html;q=0.5\r\n\r\n",
          "OPTIONS * HTTP/1.1\r\nHost: [::1]:8443\r\nX_y: \t z\t\r\n\r\n");

  private static final List<String> BODIES =
      List.of(
          "5\r\nhello\r\n0\r\n\r\n",
          "A;x=y\r\n0123456789\r\n1\r\nz\r\n00\r\nX-Checksum: 1\r\n\r\n",
          "3;a=\"b;c\"\r\nabc\r\n0;last\r\nA: b\r\nC: d\r\n\r\n");

  /** What breaks parsers, with the characters of the grammar among it. */
  private static final List<String> INSERTIONS =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\n\n",
          " ",
          "  ",
          "\t",
          "\0",
          "\1",
          "\13",
          "\14",
          "\177",
          "\u0080",
          "\u00ff",
          ":",
          ";",
          "=",
          "\"",
          "\\",
          ",",
          "#",
          "/",
          "x",
          "0",
          "5",
          "HTTP/1.1",
          "A: b\r\n");

  @Test
  void aHeadThatWeTakeIsTheSameForNetty() {
    Random random = new Random(17);
    int taken = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = mutated(random, HEADS);
      if (Texts.request(Texts.raw(text)) instanceof Complete<Head<RequestLine>>(var head)) {
        taken++;
        assertSame(text, head, netty(text));
      }
    }
    assertThat(taken).isBetween(ROUNDS / 10, ROUNDS);
  }

  @Test
  void aBodyThatWeTakeIsTheSameForNetty() {
    Random random = new Random(19);
    int taken = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = mutated(random, BODIES);
      StringBuilder ours = new StringBuilder();
      ByteBuf in = Texts.raw(text);
      if (readBody(in, ours)) {
        taken++;
        assertThat(nettyBody(text)).as(escaped(text)).isEqualTo(ours.toString());
      }
    }
    assertThat(taken).isBetween(ROUNDS / 10, ROUNDS);
  }

  private static void assertSame(String text, Head<RequestLine> ours, List<HttpObject> netty) {
    assertThat(netty).as(escaped(text)).isNotEmpty();
    HttpRequest theirs = (HttpRequest) netty.getFirst();
    assertThat(theirs.decoderResult().isSuccess()).as(escaped(text)).isTrue();
    assertThat(theirs.method().name() + ' ' + theirs.uri() + ' ' + theirs.protocolVersion().text())
        .as(escaped(text))
        .isEqualTo(ours.start().toString());
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, String> field : theirs.headers()) {
      fields.add(new Field(field.getKey(), field.getValue()));
    }
    assertThat(new Fields(fields)).as(escaped(text)).isEqualTo(ours.fields());
  }

  private static List<HttpObject> netty(String text) {
    HttpDecoderConfig config =
        new HttpDecoderConfig().setMaxInitialLineLength(8192).setMaxHeaderSize(65536);
    EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(config));
    channel.writeInbound(Texts.raw(text));
    List<HttpObject> messages = new ArrayList<>();
    for (HttpObject next = channel.readInbound(); next != null; next = channel.readInbound()) {
      messages.add(next);
    }
    channel.finishAndReleaseAll();
    return messages;
  }

  /** The data and then the trailer, as far as both of us put it into words. */
  private static boolean readBody(ByteBuf in, StringBuilder body) {
    ChunkedBodyDecoder decoder = new ChunkedBodyDecoder(Texts.LIMITS);
    while (decoder.decode(in) instanceof Complete<Part>(Part part)) {
      switch (part) {
        case Part.Data(ByteBuf data) -> body.append(data.toString(ISO_8859_1));
        case Part.End(Fields trailer) -> {
          trailer.forEach(field -> body.append('|').append(field.name()).append(field.value()));
          return true;
        }
      }
    }
    return false;
  }

  private static String nettyBody(String text) {
    StringBuilder body = new StringBuilder();
    String head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (HttpObject part : netty(head + text)) {
      if (!part.decoderResult().isSuccess()) {
        return body + "?" + part.decoderResult().cause();
      }
      if (part instanceof ByteBufHolder content) {
        body.append(content.content().toString(ISO_8859_1));
      }
      if (part instanceof LastHttpContent last) {
        last.trailingHeaders().forEach(e -> body.append('|').append(e.getKey() + e.getValue()));
        return body.toString();
      }
    }
    return body + "...";
  }

  /** Up to three bytes or texts inserted, removed or replaced. */
  private static String mutated(Random random, List<String> seeds) {
    StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      String insertion = INSERTIONS.get(random.nextInt(INSERTIONS.size()));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, insertion);
        case 1 -> text.deleteCharAt(at);
        default -> text.replace(at, at + 1, insertion);
      }
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
