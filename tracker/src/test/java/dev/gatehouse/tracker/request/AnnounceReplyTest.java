package dev.gatehouse.tracker.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnnounceReplyTest {

  private final AnnounceReply reply = new AnnounceReply();

  @Test
  void eachAnswerBeginsAnew() {
    reply.begin(1800, 900);
    reply.lengthen(5);
    reply.lengthenMinimum(7);
    reply.counted(1, 2);
    assertThat(reply.interval()).isEqualTo(1805);
    assertThat(reply.minInterval()).isEqualTo(907);
    assertThat(reply.complete()).isEqualTo(1);
    assertThat(reply.incomplete()).isEqualTo(2);
    reply.begin(60, 0);
    assertThat(reply.interval()).isEqualTo(60);
    assertThat(reply.minInterval()).isZero();
    assertThat(reply.complete() + reply.incomplete()).isZero();
  }

  @Test
  void severalHooksAddUp() {
    reply.begin(1800, 900);
    reply.lengthen(5);
    reply.lengthen(6);
    assertThat(reply.interval()).isEqualTo(1811);
    assertThat(reply.minInterval()).isEqualTo(900);
  }
}
