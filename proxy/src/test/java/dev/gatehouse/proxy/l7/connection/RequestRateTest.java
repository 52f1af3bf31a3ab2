package dev.gatehouse.proxy.l7.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.RunningProxy;
import dev.gatehouse.proxy.config.RequestLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRateTest {

  private static final IpAddress CLIENT = IpAddress.parse("192.0.2.1").orElseThrow();
  private static final String ONE_A_MINUTE =
      "request_rate_limit = 1\nrequest_rate_window = \"60s\"";

  @Test
  void withoutALimitEverybodyMayAsk() {
    RequestRate none = RequestRate.NONE.following(limits(""), 0);
    assertThat(none).isSameAs(RequestRate.NONE);
    for (int i = 0; i < 1_000; i++) {
      assertThat(none.tryTake(CLIENT, 0)).isTrue();
    }
  }

  @Test
  void whoHasUsedItUpHasDoneSoAfterAReloadThatLeavesItAlone() {
    RequestRate rate = RequestRate.NONE.following(limits(ONE_A_MINUTE), 0);
    assertThat(rate.tryTake(CLIENT, 0)).isTrue();
    RequestRate next = rate.following(limits(ONE_A_MINUTE + "\nkeepalive_timeout = \"9s\""), 0);
    assertThat(next.tryTake(CLIENT, 0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request_rate_limit = 2\nrequest_rate_window = \"60s\"",
        "request_rate_limit = 1\nrequest_rate_window = \"59s\"",
        "request_rate_limit = 0"
      })
  void anotherRateBeginsAnew(String changed) {
    RequestRate rate = RequestRate.NONE.following(limits(ONE_A_MINUTE), 0);
    assertThat(rate.tryTake(CLIENT, 0)).isTrue();
    assertThat(rate.following(limits(changed), 0).tryTake(CLIENT, 0)).isTrue();
  }

  private static RequestLimits limits(String settings) {
    return RunningProxy.read("[proxy]\n" + settings).settings().http().requests();
  }
}
