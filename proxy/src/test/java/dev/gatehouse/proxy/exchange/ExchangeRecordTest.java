package dev.gatehouse.proxy.exchange;

import static dev.gatehouse.proxy.http.Messages.http2Request;
import static dev.gatehouse.proxy.http.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.proxy.config.ProxySettings.AccessLogging;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.log.ConnectionLog;
import dev.gatehouse.testkit.LogGuard;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeRecordTest {

  private static final Request POST =
      request(
          "POST·/a?b·HTTP/1.1$Host:·a.example$User-Agent:·curl$Referer:·there$Content-Length:·5$$");

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final ExchangeWorld world = new ExchangeWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private ExchangeRecord record(Request request) {
    return new ExchangeRecord(world.context(request, 0), world.ticker);
  }

  private void millis(int millis) {
    world.ticker.advance(Duration.ofMillis(millis));
  }

  private Map<String, String> line() throws Exception {
    world.accessLog.close();
    assertThat(logs.events("request")).hasSize(1);
    return logs.events("request").getFirst().fields();
  }

  @Test
  void theLineTellsTheWholeStory() throws Exception {
    ExchangeRecord record = record(POST);
    millis(3);
    record.opened(world.route.backends().backends().getFirst(), world.ticker.nanos());
    record.fromClient(5);
    millis(10);
    record.responded(200, world.ticker.nanos());
    record.fromBackend(7);
    millis(20);
    record.ended("", world.shared.log());
    assertThat(line())
        .containsEntry("listener", "front")
        .containsEntry("peer", "192.0.2.1:4000")
        .containsEntry("client", "192.0.2.9:5000")
        .containsEntry("sni", "a.example")
        .containsEntry("route", "a.example")
        .containsEntry("backend", "one.test:80")
        .containsEntry("request_id", "id")
        .containsEntry("protocol", "http/1.1")
        .containsEntry("method", "POST")
        .containsEntry("host", "a.example")
        .containsEntry("target", "/a?b")
        .containsEntry("user_agent", "curl")
        .containsEntry("referer", "there")
        .containsEntry("status", "200")
        .containsEntry("origin", "backend")
        .containsEntry("dial_ms", "3")
        .containsEntry("header_ms", "13")
        .containsEntry("duration_ms", "33")
        .containsEntry("retries", "0")
        .containsEntry("client_bytes", "5")
        .containsEntry("backend_bytes", "7");
  }

  @Test
  void anAnswerOfTheProxyTellsItsCause() throws Exception {
    ExchangeRecord record = record(POST);
    record.retried();
    record.answered(502);
    record.ended("backend_closed", world.shared.log());
    assertThat(line())
        .containsEntry("status", "502")
        .containsEntry("origin", "proxy")
        .containsEntry("retries", "1")
        .containsEntry("cause", "backend_closed");
  }

  @Test
  void aCallOfGrpcIsNamedAsOne() throws Exception {
    ExchangeRecord record =
        record(http2Request("POST", false, "content-type", "application/grpc+proto"));
    record.ended(ExchangeRecord.CLIENT_GONE, world.shared.log());
    assertThat(line()).containsEntry("protocol", "grpc").containsEntry("cause", "client_gone");
  }

  @ParameterizedTest
  @CsvSource({"OFF, '', 0", "OFF, x, 0", "ERRORS, '', 0", "ERRORS, x, 1", "ALL, '', 1"})
  void tellsAsMuchAsTheOperatorWants(AccessLogging wanted, String cause, int lines)
      throws Exception {
    record(POST).ended(cause, new ConnectionLog(world.accessLog, wanted));
    world.accessLog.close();
    assertThat(logs.events("request")).hasSize(lines);
  }

  @Test
  void countsResponsesByWhoMadeThem() {
    record(POST).responded(200, world.ticker.nanos());
    record(POST).answered(502);
    record(POST).answered(502);
    assertThat(world.count(Metric.PROXY_RESPONSES, "front", "a.example", "200", "backend")).isOne();
    assertThat(world.count(Metric.PROXY_RESPONSES, "front", "a.example", "502", "proxy"))
        .isEqualTo(2);
  }

  @Test
  void countsBytesByDirection() {
    ExchangeRecord record = record(POST);
    record.fromClient(5);
    record.fromClient(5);
    record.fromBackend(7);
    assertThat(record.clientBytes()).isEqualTo(10);
    assertThat(record.backendBytes()).isEqualTo(7);
    assertThat(world.count(Metric.PROXY_BYTES, "front", "a.example", "from_client")).isEqualTo(10);
    assertThat(world.count(Metric.PROXY_BYTES, "front", "a.example", "from_backend")).isEqualTo(7);
  }
}
