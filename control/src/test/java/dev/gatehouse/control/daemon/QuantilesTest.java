package dev.gatehouse.control.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.ProxyView.Spread;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantilesTest {

  private static final List<Double> BOUNDS = List.of(0.001, 0.0025, 0.01);

  @ParameterizedTest
  @CsvSource({
    "1 0 0 0, 1000000, 1000000",
    "0 0 1 0, 10000000, 10000000",
    "50 50 0 0, 1000000, 2500000",
    "49 51 0 0, 2500000, 2500000",
    "99 0 1 0, 1000000, 1000000",
    "98 0 2 0, 1000000, 10000000",
    "0 0 0 5, 10000000, 10000000",
    "1 0 0 1, 1000000, 10000000",
  })
  void aQuantileIsTheEndOfItsBucket(String counts, long p50, long p99) {
    assertThat(Quantiles.at(0.5, spread(counts))).contains(Duration.ofNanos(p50));
    assertThat(Quantiles.at(0.99, spread(counts))).contains(Duration.ofNanos(p99));
  }

  @Test
  void nothingHasNone() {
    assertThat(Quantiles.at(0.5, spread("0 0 0 0"))).isEmpty();
    assertThat(Quantiles.at(0.5, new Spread(List.of(), List.of()))).isEmpty();
  }

  @Test
  void whatCameSinceIsTheDifferenceOfTheCounts() {
    assertThat(Quantiles.since(spread("1 2 3 4"), spread("1 3 5 9"))).isEqualTo(spread("0 1 2 5"));
  }

  @Test
  void countsThatBeganAnewAreAllNew() {
    Spread now = spread("1 0 0 0");
    assertThat(Quantiles.since(spread("2 0 0 0"), now)).isEqualTo(now);
    assertThat(Quantiles.since(new Spread(List.of(), List.of()), now)).isEqualTo(now);
  }

  private static Spread spread(String counts) {
    return new Spread(BOUNDS, Stream.of(counts.split(" ", -1)).map(Long::valueOf).toList());
  }
}
