package dev.gatehouse.e2e.http1;

import static dev.gatehouse.e2e.http1.Http1Case.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;
import dev.gatehouse.e2e.http.Exchange;
import dev.gatehouse.e2e.http.Trickle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Clients that bring or take a byte now and then. */
final class SlowRows {

  private static final int MIB = 1024 * 1024;

  /** More than sockets hold on their way, and far less than was asked for. */
  private static final int MAX_ON_THE_WAY = 48 * MIB;

  private SlowRows() {}

  static Stream<Http1Case> all() {
    return Stream.of(
        trickled("SLOW a head byte by byte", "GET {path} HTTP/1.1\r\nHost: {host}\r\nX-A: ", 408),
        trickled(
            "SLOW a body byte by byte",
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100000\r\n\r\n",
            408),
        new Http1Case("SLOW nothing after the handshake", SlowRows::silent),
        new Http1Case("SLOW nothing after a response", SlowRows::idle),
        new Http1Case("SLOW a client that does not read", SlowRows::deaf));
  }

  /** Each byte counts as life, which must not be enough. */
  private static Http1Case trickled(String id, String begin, int status) {
    return new Http1Case(
        id,
        (host, path) -> {
          try (Http1Client client = Http1Client.connect(host)) {
            client.send(request(begin, path));
            try (Trickle _ = Trickle.every(Duration.ofMillis(200), () -> client.send("a"))) {
              List<Http1Response> all = client.patient().untilClosed();
              if (all.size() != 1 || all.getFirst().status() != status) {
                throw client.failed("answers: " + all + " (expected: one, " + status + ")");
              }
            }
            assertThat(host.backend().requests(path)).noneMatch(Exchange::isComplete);
          }
        });
  }

  private static void silent(L7Host host, String path) throws Exception {
    try (Http1Client client = Http1Client.connect(host)) {
      assertThat(client.untilClosed()).isEmpty();
      assertThat(host.backend().saw(path)).isFalse();
    }
  }

  private static void idle(L7Host host, String path) throws Exception {
    try (Http1Client client = Http1Client.connect(host)) {
      client.send(request("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n", path));
      assertThat(client.untilClosed()).extracting(Http1Response::status).containsExactly(200);
    }
  }

  private static void deaf(L7Host host, String path) throws Exception {
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    host.backend().answer(path, exchange -> sent.complete(exchange.flood()));
    try (Http1Client client = Http1Client.connect(host)) {
      client.send(request("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n", path));
      assertThat(sent.get(20, TimeUnit.SECONDS)).isLessThan(MAX_ON_THE_WAY);
    }
  }
}
