package dev.gatehouse.bench.l7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsTest {

  private static final Requests REQUESTS = new Requests(Duration.ofSeconds(1));

  @Test
  void sayHowManyAskForHowMuch() {
    assertThat(
            List.of(
                REQUESTS.http1(100).title(),
                REQUESTS.http1(1_000_000).title(),
                REQUESTS.http2(10_000).title(),
                REQUESTS.calls(Path.of("message")).title()))
        .containsExactly(
            "HTTP/1.1 requests of 0.1 KB, 16 connections",
            "HTTP/1.1 requests of 1,000 KB, 16 connections",
            "HTTP/2 requests of 10 KB, 10 connections of 10 streams",
            "gRPC calls of 0.1 KB each way, 10 connections of 10 streams");
  }

  @Test
  void latencyTellsAtWhichRate() {
    Latency latency = new Latency(REQUESTS.files(Requests.SMALL_FILE), 2_240);

    assertThat(latency.title()).endsWith("16 connections, 2240 requests/s in all");
    assertThat(latency.columns()).containsExactly("p50 µs", "p99 µs");
  }
}
