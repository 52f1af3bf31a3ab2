package dev.gatehouse.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContenderTest {

  @Test
  void isReadFromNamePortAndProcess() {
    assertThat(Contender.parse("haproxy splice-auto:18402:77"))
        .isEqualTo(new Contender("haproxy splice-auto", 18402, new ProcessTree(77)));
  }

  @Test
  void isAPeerUnlessItIsGatehouse() {
    assertThat(Contender.parse("nginx 256k buffers:1:2").isPeer()).isTrue();
    assertThat(Contender.parse("gatehouse relay=copy:1:2").isPeer()).isFalse();
  }

  @Test
  void saysWhatItExpects() {
    assertThatThrownBy(() -> Contender.parse("nginx:1"))
        .hasMessage("nginx:1 (expected: NAME:PORT:PID)");
  }
}
