package dev.gatehouse.bench.l7;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class H2LoadTest {

  private static final H2Load LOAD =
      new H2Load(Duration.ofMillis(1500), "www.example.org", "/100", List.of());

  @Test
  void asksForANameAtAPortOfThisMachine() {
    assertThat(LOAD.with("--h1", "--clients=16").command(18501))
        .containsExactly(
            "timeout",
            "6",
            "h2load",
            "--h1",
            "--clients=16",
            "--duration=1500ms",
            "--connect-to=127.0.0.1:18501",
            "https://www.example.org/100");
  }

  @Test
  void keepsItsOptionsWhenItGetsMore() {
    H2Load http1 = LOAD.with("--h1");

    assertThat(http1.with("--rps=10").options()).containsExactly("--h1", "--rps=10");
    assertThat(http1.options()).containsExactly("--h1");
  }
}
