package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.ServerView.Service;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import dev.gatehouse.testkit.ManualTicker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTest {

  private final Status status =
      new Status(new ManualTicker(), List::of, () -> 0, Optional::empty, Optional::empty);
  private final List<String> lacking = new ArrayList<>();

  @Test
  void aServiceThatServesTellsWhatItLacksAsLongAsItDoes() {
    status.has("relay", true, () -> List.copyOf(lacking));
    status.becomes(ServiceState.SERVING);
    lacking.add("certificate");
    assertThat(status.services())
        .containsExactly(new Service("relay", ServiceState.SERVING, List.of("certificate")));
    lacking.clear();
    assertThat(status.services())
        .containsExactly(new Service("relay", ServiceState.SERVING, List.of()));
  }

  @Test
  void beforeAndAfterThatTheStateIsReasonEnough() {
    status.has("relay", true, () -> List.of("certificate"));
    assertThat(status.services())
        .containsExactly(new Service("relay", ServiceState.STARTING, List.of("start")));
    status.becomes(ServiceState.DRAINING);
    assertThat(status.services())
        .containsExactly(new Service("relay", ServiceState.DRAINING, List.of("draining")));
  }

  @Test
  void whatIsOffLacksNothing() {
    status.has("relay", false, () -> List.of("certificate"));
    assertThat(status.services())
        .containsExactly(new Service("relay", ServiceState.OFF, List.of()));
  }
}
