package dev.gatehouse.proxy.l7.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SkippedStreamsTest {

  private final SkippedStreams streams = new SkippedStreams();

  @Test
  void oneAfterTheOtherMayBeUsedAndUsedAgain() {
    for (int id = 1; id < 100; id += 2) {
      assertThat(streams.use(id)).isTrue();
    }
    assertThat(streams.use(1)).isTrue();
    assertThat(streams.use(99)).isTrue();
  }

  @Test
  void whatWasLeftOutMayNotBeUsed() {
    assertThat(streams.use(3)).isTrue();
    assertThat(streams.use(9)).isTrue();
    assertThat(streams.use(Integer.MAX_VALUE)).isTrue();
    for (int id : new int[] {1, 5, 7, 11, 1001, Integer.MAX_VALUE - 2}) {
      assertThat(streams.use(id)).as("stream %d", id).isFalse();
    }
    for (int id : new int[] {3, 9, Integer.MAX_VALUE}) {
      assertThat(streams.use(id)).as("stream %d", id).isTrue();
    }
  }

  @Test
  void ofManyGapsTheOldestAreForgotten() {
    for (int id = 3; id <= 4 * 1_001; id += 4) {
      assertThat(streams.use(id)).isTrue();
    }
    assertThat(streams.use(1)).isTrue();
    assertThat(streams.use(5)).isFalse();
    assertThat(streams.use(4 * 1_001 - 3)).isFalse();
  }
}
