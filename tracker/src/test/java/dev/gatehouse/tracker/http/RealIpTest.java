package dev.gatehouse.tracker.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.wire.tracker.RequestHead;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealIpTest {

  @RegisterExtension private final LogGuard log = new LogGuard();

  private final EventCounters counters = new EventCounters();
  private final ManualTicker ticker = new ManualTicker();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          127.0.0.1 | '127.0.0.0/8'               | 9.9.9.9                     | false | 9.9.9.9
          127.0.0.1 | '127.0.0.0/8'               | 6.6.6.6, 9.9.9.9            | false | 9.9.9.9
          127.0.0.1 | '127.0.0.0/8", "5.5.5.5/32' | 6.6.6.6, 9.9.9.9, 5.5.5.5   | false | 9.9.9.9
          127.0.0.1 | '127.0.0.0/8'               | 9.9.9.9, 10.0.0.7           | true  | 9.9.9.9
          127.0.0.1 | '127.0.0.0/8'               | 9.9.9.9, 10.0.0.7           | false | 10.0.0.7
          127.0.0.1 | '127.0.0.0/8'               | 10.0.0.7                    | true  | 10.0.0.7
          127.0.0.1 | '127.0.0.0/8'               | 224.0.0.1                   | false | 224.0.0.1
          127.0.0.1 | '127.0.0.0/8'               | unknown                     | false | nowhere
          127.0.0.1 | '127.0.0.0/8'               | '9.9.9.9, '                 | false | nowhere
          127.0.0.1 | '127.0.0.0/8'               | [2a00::1]:443               | false | 2a00::1
          127.0.0.1 | '127.0.0.0/8'               | [2a00::1]                   | false | 2a00::1
          127.0.0.1 | '127.0.0.0/8'               | 9.9.9.9:80                  | false | 9.9.9.9
          127.0.0.1 | '127.0.0.0/8'               | ::ffff:9.9.9.9              | false | 9.9.9.9
          127.0.0.1 | '127.0.0.0/8'               | garbage, 9.9.9.9            | false | 9.9.9.9
          127.0.0.1 | '127.0.0.0/8'               | 2a00::1:443:x               | false | nowhere
          8.8.8.8   | '127.0.0.0/8'               | 9.9.9.9                     | false | 8.8.8.8
          """)
  void theLastOneWhoIsNotTrustedIsTheClient(
      String peer, String trusted, String header, boolean filter, String seen) {
    RealIp realIp = realIp(trusted, filter);
    if (peer.equals("8.8.8.8")) {
      log.expect("real_ip_untrusted");
    }
    assertThat(text(realIp.seen(head("X-Forwarded-For: " + header), ip(peer)))).isEqualTo(seen);
  }

  @Test
  void headersThatComeTwiceAreOneList() {
    RequestHead head = head("x-forwarded-for: 6.6.6.6\r\nX-Forwarded-For: 9.9.9.9");
    assertThat(text(realIp("127.0.0.0/8", false).seen(head, ip("127.0.0.1")))).isEqualTo("9.9.9.9");
  }

  @Test
  void whoIsNotTrustedIsToldOfOnceAnHour() {
    log.expect("real_ip_untrusted");
    RealIp realIp = realIp("127.0.0.0/8", false);
    for (String peer : List.of("8.8.8.8", "8.8.8.8", "9.9.9.9", "8.8.8.8")) {
      realIp.seen(head("X-Forwarded-For: 1.1.1.1"), ip(peer));
    }
    assertThat(log.events("real_ip_untrusted")).hasSize(2);
    ticker.advance(Duration.ofHours(2));
    realIp.seen(head("X-Forwarded-For: 1.1.1.1"), ip("8.8.8.8"));
    assertThat(log.events("real_ip_untrusted")).hasSize(3);
  }

  @Test
  void withoutTheHeaderThePeerIsTheClient() {
    assertThat(text(realIp("127.0.0.0/8", false).seen(head("A: b"), ip("127.0.0.1"))))
        .isEqualTo("127.0.0.1");
    assertThat(counters.counter(Metric.TRACKER_REAL_IP, "socket").sum()).isEqualTo(1);
  }

  @Test
  void everyOutcomeIsCounted() {
    log.expect("real_ip_untrusted");
    RealIp realIp = realIp("127.0.0.0/8", false);
    realIp.seen(head("X-Forwarded-For: 9.9.9.9"), ip("127.0.0.1"));
    realIp.seen(head("X-Forwarded-For: 9.9.9.9"), ip("8.8.8.8"));
    realIp.seen(head("X-Forwarded-For: ?"), ip("127.0.0.1"));
    for (String outcome : new String[] {"header", "untrusted", "invalid"}) {
      assertThat(counters.counter(Metric.TRACKER_REAL_IP, outcome).sum()).as(outcome).isEqualTo(1);
    }
  }

  private RealIp realIp(String trusted, boolean filter) {
    return new RealIp(
        HttpConfigs.of(
            """
            real_ip_header = "X-Forwarded-For"
            trusted_proxies = ["%s"]
            filter_private_ips = %s
            """
                .formatted(trusted, filter)),
        counters,
        ticker);
  }

  private static String text(RealIp.Seen seen) {
    return switch (seen) {
      case RealIp.Seen.At at -> at.address().toString();
      case RealIp.Seen.Nowhere() -> "nowhere";
    };
  }

  private static RequestHead head(String fields) {
    RequestHead head = new RequestHead(1024);
    String text = "GET / HTTP/1.1\r\n" + fields + "\r\n\r\n";
    assertThat(head.read(Unpooled.wrappedBuffer(text.getBytes(US_ASCII)), 0))
        .isEqualTo(RequestHead.Outcome.COMPLETE);
    return head;
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
