package dev.gatehouse.proxy.l7.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.traffic.CloseCause;
import org.junit.jupiter.api.Test;

class ConnectionEndTest {

  private final ConnectionEnd end = new ConnectionEnd();

  @Test
  void withoutAReasonTheClientJustWent() {
    assertThat(end.cause()).isEqualTo(CloseCause.CLIENT_CLOSED);
  }

  @Test
  void whoeverKnowsFirstIsRight() {
    end.because(CloseCause.H2_ABUSE);
    end.because(CloseCause.SHUTDOWN);
    assertThat(end.cause()).isEqualTo(CloseCause.H2_ABUSE);
  }
}
