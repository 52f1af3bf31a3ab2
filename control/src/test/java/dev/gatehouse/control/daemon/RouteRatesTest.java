package dev.gatehouse.control.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.FakeProxyView;
import dev.gatehouse.control.Rules;
import dev.gatehouse.proxy.ProxyView.RouteView;
import dev.gatehouse.proxy.ProxyView.Spread;
import dev.gatehouse.proxy.ProxyView.State;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.v1.RouteMode;
import dev.gatehouse.v1.RouteRate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteRatesTest {

  /** Begins close to where nanoseconds wrap. */
  private final ManualTicker ticker = new ManualTicker();

  private final RouteRates rates = new RouteRates();

  @Test
  void theFirstLookTellsOnlyWhatIsOpen() {
    assertThat(after(0, List.of(git(3, 10))))
        .containsExactly(
            RouteRate.newBuilder()
                .setListenerAddr("[::]:443")
                .setHostname("git.example.org")
                .setMode(RouteMode.ROUTE_MODE_L4)
                .setActive(3)
                .build());
  }

  @Test
  void ratesAreThoseOfTheTimeThatWasMeasured() {
    after(0, List.of(git(1, 10)));
    RouteRate rate = after(10, List.of(git(2, 40))).getFirst();
    assertThat(rate.getPerSecond()).isEqualTo(3);
    assertThat(rate.getBytesFromClientPerSecond()).isEqualTo(300);
    assertThat(rate.getBytesFromBackendPerSecond()).isEqualTo(3_000);
    assertThat(after(2, List.of(git(2, 41))).getFirst().getPerSecond()).isEqualTo(0.5);
  }

  @Test
  void errorsAreARateTooAndDialsArePresentOnlyIfThereWereAny() {
    after(0, List.of(failing(1)));
    RouteRate rate = after(3, List.of(failing(7))).getFirst();
    assertThat(rate.getErrorsPerSecond()).isEqualTo(2);
    assertThat(rate.hasDialP50()).isFalse();
    assertThat(rate.hasDialP99()).isFalse();
  }

  @Test
  void aRouteThatCameMeanwhileBeganAtNothing() {
    after(0, List.of());
    assertThat(after(2, List.of(git(0, 8))).getFirst().getPerSecond()).isEqualTo(4);
  }

  @Test
  void aRouteThatWentAndCameAgainBeganAtNothing() {
    after(0, List.of(git(0, 100)));
    RouteRate rate = after(2, List.of(git(0, 8))).getFirst();
    assertThat(rate.getPerSecond()).isEqualTo(4);
    assertThat(rate.getBytesFromClientPerSecond()).isEqualTo(400);
  }

  @Test
  void noTimeIsNoRate() {
    after(0, List.of(git(0, 1)));
    assertThat(after(0, List.of(git(0, 9))).getFirst().getPerSecond()).isZero();
  }

  private List<RouteRate> after(int seconds, List<RouteView> now) {
    ticker.advance(Duration.ofSeconds(seconds));
    return rates.next(now, ticker.nanos());
  }

  private static RouteView git(long active, long routed) {
    return FakeProxyView.view(
        Rules.l4("git.example.org", "10.0.0.5:443"), State.SERVING, active, routed);
  }

  private static RouteView failing(long errors) {
    return new RouteView(
        Rules.endpoint(":443"),
        Rules.l4("git.example.org", "10.0.0.5:443"),
        State.BACKEND_DOWN,
        0,
        errors,
        0,
        0,
        errors,
        new Spread(List.of(), List.of()),
        Optional.empty());
  }
}
