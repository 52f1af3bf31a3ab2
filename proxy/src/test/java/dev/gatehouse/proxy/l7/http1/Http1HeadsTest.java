package dev.gatehouse.proxy.l7.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.http.guard.RequestGuard;
import dev.gatehouse.proxy.http.guard.UnderscoreHeaders;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakGuard.class)
class Http1HeadsTest {

  private final Http1Heads heads =
      new Http1Heads(new RequestGuard(Messages.LIMITS, UnderscoreHeaders.DROP), Messages.SNI);

  @Test
  void oneHeadFollowsTheOther() {
    ByteBuf in = Messages.bytes("GET·/1·HTTP/1.1$Host:·a$$GET·/2·HTTP/1.1$Host:·b$$");
    assertThat(request(heads.next(in)).target()).isEqualTo("/1");
    assertThat(request(heads.next(in)).target()).isEqualTo("/2");
    assertThat(heads.next(in)).isEqualTo(new Http1Heads.Next.Nothing());
    in.release();
  }

  @Test
  void aHeadThatHasNotEndedIsNothingYet() {
    String head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (int length = 0; length < head.length(); length++) {
      ByteBuf in = Messages.bytes(head.substring(0, length));
      assertThat(heads.next(in)).as(head).isEqualTo(new Http1Heads.Next.Nothing());
      in.release();
    }
  }

  @Test
  void whatIsNoHeadIsBrokenAtOnce() {
    assertThat(reason("$")).isEqualTo(RefusalReason.REQUEST_LINE);
    assertThat(reason("GET·/·HTTP/1.1$X·:·1$")).isEqualTo(RefusalReason.HEADER);
  }

  @Test
  void whatIsNoRequestIsBroken() {
    assertThat(reason("GET·/·HTTP/1.1$$")).isEqualTo(RefusalReason.HOST);
  }

  @Test
  void theNameOfTheHelloStandsForAHostThatHttp10LeftOut() {
    ByteBuf in = Messages.bytes("GET·/·HTTP/1.0$$");
    assertThat(request(heads.next(in)).authority()).hasToString("a.example");
    in.release();
  }

  @Test
  void fieldsThatWereDroppedAreCounted() {
    ByteBuf in = Messages.bytes("GET·/·HTTP/1.1$Host:·a$X_1:·a$X_2:·b$$");
    assertThat(heads.next(in))
        .isInstanceOfSatisfying(
            Http1Heads.Next.Sound.class, sound -> assertThat(sound.underscores()).isEqualTo(2));
    in.release();
  }

  private RefusalReason reason(String text) {
    ByteBuf in = Messages.bytes(text);
    Http1Heads.Next next = heads.next(in);
    in.release();
    return ((Http1Heads.Next.Broken) next).refused().reason();
  }

  private static Request request(Http1Heads.Next next) {
    return ((Http1Heads.Next.Sound) next).request();
  }
}
