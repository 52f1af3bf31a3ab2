package dev.gatehouse.control.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatehouse.control.FakeProxyView;
import dev.gatehouse.control.Rules;
import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.ProxyView.State;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.BlockedCount;
import dev.gatehouse.v1.GetStatusRequest;
import dev.gatehouse.v1.GetStatusResponse;
import dev.gatehouse.v1.ListenerStatus;
import dev.gatehouse.v1.ServiceState;
import dev.gatehouse.v1.ServiceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StatusTest {

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();

  @Test
  void tellsWhatRunsAndSinceWhen() throws Exception {
    GetStatusResponse status = status(true);
    assertThat(status.getVersion()).isEqualTo("1.2.3");
    assertThat(status.getUptime()).isEqualTo(TimeMessages.of(Duration.ofMillis(61_500)));
    assertThat(status.getStartedAt()).isEqualTo(TimeMessages.of(Instant.ofEpochSecond(1_000)));
    assertThat(status.getServicesList()).containsExactly("ops", "watch");
    assertThat(status.getServiceStatesList())
        .extracting(
            ServiceStatus::getName,
            ServiceStatus::getState,
            service -> List.copyOf(service.getWaitingForList()))
        .containsExactly(
            tuple("ops", ServiceState.SERVICE_STATE_SERVING, List.of()),
            tuple("watch", ServiceState.SERVICE_STATE_STARTING, List.of("the first scan")),
            tuple("relay", ServiceState.SERVICE_STATE_OFF, List.of()));
    assertThat(status.getSockets(0).getAddress()).isEqualTo("127.0.0.1:9090");
  }

  @Test
  void tellsTheConditionOfTheDaemon() throws Exception {
    GetStatusResponse status = status(true);
    assertThat(status.getConfigDrift()).isEqualTo(3);
    assertThat(status.getDraining()).isTrue();
    assertThat(status.getGeoipBuiltAt()).isEqualTo(TimeMessages.of(Instant.ofEpochSecond(500)));
    assertThat(status.getNextCertificateExpiry())
        .isEqualTo(TimeMessages.of(Instant.ofEpochSecond(9_000)));
    assertThat(status.getNextCertificateRoute()).isEqualTo("www.example.org");
    assertThat(status.getWarningsList())
        .extracting(warning -> warning.getField(), warning -> warning.getText())
        .containsExactly(tuple("proxy.idle", "gatehouse.toml:7: proxy.idle: too long"));
  }

  @Test
  void tellsTheTrafficOfTheProxy() throws Exception {
    GetStatusResponse status = status(true);
    assertThat(status.getListenersList())
        .extracting(ListenerStatus::getAddr)
        .containsExactly("[::]:443");
    assertThat(status.getActiveConnections()).isEqualTo(7);
    assertThat(status.getTotalConnections()).isEqualTo(30);
    assertThat(status.getRatesList()).isEmpty();
  }

  @Test
  void tellsWhoWasRefusedByTheFirewallAndThenByListeners() throws Exception {
    assertThat(blocked(status(true)))
        .containsExactly(
            "rate_limit 0", "ip 0", "cidr 4", "country 0", "listener_limit 2", "address_limit 1");
  }

  @Test
  void aProxyThatIsOffHasNothingToTell() throws Exception {
    GetStatusResponse status = status(false);
    assertThat(status.getListenersList()).isEmpty();
    assertThat(status.getTotalConnections()).isZero();
    assertThat(blocked(status)).containsExactly("rate_limit 0", "ip 0", "cidr 4", "country 0");
  }

  private GetStatusResponse status(boolean proxyOn) throws Exception {
    try (RunningDaemonCalls calls = new RunningDaemonCalls(folder, proxyOn)) {
      calls.counters.counter(Metric.FIREWALL_BLOCKED, "cidr").add(4);
      calls
          .proxy
          .listening(Rules.listener(":443"), 7, false)
          .running(FakeProxyView.view(Rules.l4("a.example", "10.0.0.1:1"), State.SERVING, 1, 10))
          .running(FakeProxyView.view(Rules.l4("b.example", "10.0.0.1:1"), State.SERVING, 1, 20))
          .refusing("listener_limit", 2)
          .refusing("address_limit", 1);
      return calls.stub.getStatus(GetStatusRequest.getDefaultInstance());
    }
  }

  private static List<String> blocked(GetStatusResponse status) {
    return status.getBlockedList().stream()
        .map((BlockedCount blocked) -> blocked.getReason() + ' ' + blocked.getCount())
        .toList();
  }
}
