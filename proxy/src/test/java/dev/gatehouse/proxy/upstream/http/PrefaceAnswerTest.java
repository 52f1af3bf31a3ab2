package dev.gatehouse.proxy.upstream.http;

import static dev.gatehouse.proxy.upstream.http.Conversations.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakGuard.class)
class PrefaceAnswerTest {

  private final AtomicInteger http1 = new AtomicInteger();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new PrefaceAnswer(http1::incrementAndGet));

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1·400·Bad·Request$$", "HTTP/1.0·505·x$$", "HTTP/"})
  void anAnswerOfHttp1IsKnownByItsFirstWord(String answer) {
    channel.writeInbound(bytes(answer));
    assertThat(http1).hasValue(1);
    assertThat(channel.inboundMessages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0\0\0\4\0\0\0\0\0", "HTTP", "", "http/1.1·200$$", "xHTTP/1.1"})
  void anythingElseIsLeftToHttp2(String answer) {
    channel.writeInbound(bytes(answer));
    assertThat(http1).hasValue(0);
    ByteBuf passed = channel.readInbound();
    assertThat(passed.readableBytes()).isEqualTo(answer.replace("$", "\r\n").length());
    passed.release();
  }

  @Test
  void isAskedOnce() {
    channel.writeInbound(bytes("\0\0\0\4\0\0\0\0\0"));
    channel.writeInbound(bytes("HTTP/1.1·200·OK$$"));
    assertThat(http1).hasValue(0);
    assertThat(channel.pipeline().get(PrefaceAnswer.class)).isNull();
  }
}
