package dev.gatehouse.proxy.http.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Messages;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Netty's decoder as second opinion on whole connections: as long as we take requests, it sees the
 * same ones with the same bodies, so that none hides in another. The notation is that of {@link
 * Messages}.
 */
class NettyGuardOracleTest {

  private static final int ROUNDS = 20_000;

  private static final RequestGuard GUARD =
      new RequestGuard(Messages.LIMITS, UnderscoreHeaders.DROP);

  private static final String SECOND = "GET·/second·HTTP/1.1$Host:·a.example$$";

  private static final List<String> FIRST =
      List.of(
          "POST·/p·HTTP/1.1$Host:·a.example$Content-Length:·5$$hello",
          "POST·/p·HTTP/1.1$Host:·a.example$Transfer-Encoding:·chunked$$5;x=y$hello$0$X:·1$$",
          "GET·/·HTTP/1.0$Host:·a.example$Connection:·keep-alive$$");

  private static final List<String> INSERTIONS =
      List.of(
          "\r",
          "\n",
          "\r\n",
          " ",
          "\t",
          "\0",
          "\13",
          "\u00a0",
          ":",
          ";",
          ",",
          "0",
          "5",
          "chunked",
          "identity",
          "Content-Length: 5\r\n",
          "Content-Length: 0\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: x\r\n",
          "Host: b\r\n");

  @Test
  void nettySeesTheSameRequestsAsLongAsWeTakeThem() {
    Random random = new Random(23);
    int whole = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = mutated(random) + plain(SECOND);
      List<String> ours = accepted(text);
      assertThat(netty(text, ours.size())).as(text).isEqualTo(ours);
      whole += ours.size() == 2 ? 1 : 0;
    }
    assertThat(whole).isBetween(ROUNDS / 20, ROUNDS);
  }

  private static List<String> accepted(String text) {
    return Conversation.of(GUARD, raw(text)).stream()
        .filter(outcome -> !outcome.matches("[45][0-9]{2} [a-z_]+|" + Conversation.WAITS))
        .map(String::strip)
        .toList();
  }

  /** The first messages of a connection as Netty sees them. */
  private static List<String> netty(String text, int count) {
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new HttpRequestDecoder(
                new HttpDecoderConfig().setMaxInitialLineLength(8192).setMaxHeaderSize(65536)));
    channel.writeInbound(raw(text));
    List<String> messages = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    for (HttpObject part = channel.readInbound(); part != null; part = channel.readInbound()) {
      if (part instanceof HttpRequest head) {
        message.append(head.method()).append(' ').append(head.uri()).append(' ');
      }
      if (part instanceof HttpContent content) {
        message.append(content.content().toString(ISO_8859_1));
        content.release();
      }
      if (part instanceof LastHttpContent) {
        String end = part.decoderResult().isSuccess() ? "" : " and a fault";
        messages.add(message.toString().strip() + end);
        message.setLength(0);
      }
    }
    channel.finishAndReleaseAll();
    return messages.subList(0, Math.min(count, messages.size()));
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(plain(FIRST.get(random.nextInt(FIRST.size()))));
    for (int changes = random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      String insertion = INSERTIONS.get(random.nextInt(INSERTIONS.size()));
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.replace(at, at + 1, insertion);
        case 2 -> text.insert(text.indexOf("\r\n") + 2, insertion);
        default -> text.insert(at, insertion);
      }
    }
    return text.toString();
  }

  private static String plain(String text) {
    return text.replace('·', ' ').replace("$", "\r\n");
  }

  private static ByteBuf raw(String text) {
    return Unpooled.copiedBuffer(text, ISO_8859_1);
  }
}
