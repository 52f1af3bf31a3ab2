package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Clients that take their time get what the deadlines say, and nobody else pays for them. */
@Timeout(120)
@Isolated // it measures
class SlowClientsTest {

  /** Each counts as two files of the daemon's, which may have 20,000 where the tests run. */
  private static final int CROWD = 9_500;

  private static final long MAX_KIB_EACH = 40;
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  /** For a machine that has other things to do; being late by a whole deadline would be a fault. */
  private static final Duration SLACK = Duration.ofMillis(2500);

  private static final String SHORT_DEADLINES =
      """
      [ops]
      [proxy]
      hello_timeout = "3s"
      proxy_header_timeout = "3s"
      """;

  private static final String PLAIN =
      "[[proxy.listeners]]\naddr = \"127.0.0.1:443\"\n" + Host.routes();

  private static final String BEHIND_PROXY =
      """
      [[proxy.listeners]]
      addr = "127.0.0.1:443"
      proxy_protocol = true
      trusted_proxies = ["127.0.0.0/8"]
      """
          + Host.routes();

  @TempDir private Path folder;

  @Test
  void aHelloThatDoesNotComeToItsEndIsResetAtTheDeadline() throws Exception {
    byte[] half = Arrays.copyOf(HelloBytes.H0, 60);
    try (Host host = new Host(folder, SHORT_DEADLINES + PLAIN)) {
      assertResetAtDeadline(host, half);
      assertThat(host.metrics().sum("gatehouse_proxy_hello_total", "outcome=\"timeout\""))
          .isEqualTo(3);
    }
  }

  @Test
  void aHeaderThatDoesNotComeToItsEndIsResetAtTheDeadline() throws Exception {
    byte[] half = HostileHeaders.text("PROXY TCP4 192.0.2.10 198.51.100.7 56");
    try (Host host = new Host(folder, SHORT_DEADLINES + BEHIND_PROXY)) {
      assertResetAtDeadline(host, half);
      assertThat(host.metrics().sum("gatehouse_proxy_protocol_errors_total", "reason=\"timeout\""))
          .isEqualTo(3);
    }
  }

  /** A connection costs memory until its deadline, little of it, and nothing else. */
  @Test
  void aCrowdThatSaysNothingIsGoneAtTheDeadlineAndNobodyElseNotices() throws Exception {
    String configuration =
        SHORT_DEADLINES.replace("hello_timeout = \"3s\"", "hello_timeout = \"12s\"");
    try (Host host = new Host(folder, configuration + PLAIN)) {
      transfers(host, 500);
      long before = host.figures().rssKib();
      List<Client> crowd = gather(host);
      Await.until(
          "all are there",
          Duration.ofSeconds(11),
          () -> host.metrics().sum("gatehouse_listener_connections", "service=\"proxy\"") == CROWD);
      long during = host.figures().rssKib();
      long[] micros = transfers(host, 200);
      Await.until("all are gone", Duration.ofSeconds(30), () -> timeouts(host) == CROWD);
      long after = host.figures().rssKib();
      double each = (during - before) / (double) CROWD;
      System.out.printf(
          "silent crowd of %d: RSS %d, %d, %d KiB (before, during, after), %.1f KiB each;"
              + " transfers meanwhile: median %d, worst %d microseconds%n",
          CROWD, before, during, after, each, micros[micros.length / 2], micros[micros.length - 1]);
      assertThat(each).isLessThan(MAX_KIB_EACH);
      assertThat(after).isLessThan(before + CROWD * MAX_KIB_EACH);
      assertThat(micros[micros.length / 2]).as("median").isLessThan(100_000);
      assertThat(micros[micros.length - 1]).as("worst").isLessThan(2_000_000);
      assertThat(host.daemon().remarks()).isEmpty();
      for (Client client : crowd) {
        assertThat(client.end().reset()).isTrue();
        client.close();
      }
      assertThat(host.isServed("127.0.0.1")).isTrue();
    }
  }

  /** One falls silent at once, one half way, and one never stops sending. */
  private static void assertResetAtDeadline(Host host, byte[] half) throws Exception {
    long begin = System.nanoTime();
    AtomicInteger sent = new AtomicInteger();
    try (Client mute = host.connect("127.0.0.1");
        Client stuck = host.connect("127.0.0.1").send(half);
        Client trickling = host.connect("127.0.0.1");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      var trickle =
          clock.scheduleAtFixedRate(
              () -> {
                int at = sent.getAndIncrement();
                trickling.send(Arrays.copyOfRange(half, at, at + 1));
              },
              0,
              100,
              TimeUnit.MILLISECONDS);
      for (Client client : List.of(mute, stuck, trickling)) {
        Client.Ending ending = client.end();
        assertThat(ending.reset()).isTrue();
        assertThat(ending.received()).isEmpty();
      }
      trickle.cancel(false);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(took).isBetween(DEADLINE, DEADLINE.plus(SLACK));
    assertThat(sent.get()).isBetween(15, half.length);
  }

  private static List<Client> gather(Host host) throws Exception {
    List<Future<Client>> coming = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      String from = "127.0.1." + (1 + i % 8);
      coming.add(host.inside().submit(() -> Client.connect(from, Host.PORT)));
    }
    List<Client> crowd = new ArrayList<>();
    for (Future<Client> client : coming) {
      crowd.add(client.get());
    }
    return crowd;
  }

  /** How long so many whole connections took, one after the other, in rising order. */
  private static long[] transfers(Host host, int count) {
    return IntStream.range(0, count).mapToLong(i -> transfer(host)).sorted().toArray();
  }

  private static long transfer(Host host) {
    try {
      long begin = System.nanoTime();
      assertThat(host.isServed("127.0.0.2")).isTrue();
      return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static double timeouts(Host host) {
    return host.metrics().sum("gatehouse_proxy_hello_total", "outcome=\"timeout\"");
  }
}
