package dev.gatehouse.e2e.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;
import dev.gatehouse.e2e.http.SideBySide;
import dev.gatehouse.e2e.http.SideBySide.Case;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A request of HTTP/1 has one meaning or none: what is well formed reaches the backend as it is
 * meant, what is not is refused and nothing behind it is read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class Http1ConformanceTest {

  private static final int AT_ONCE = 8;

  /** All by which a request of HTTP/1 can be refused without a policy. */
  private static final List<String> REASONS =
      List.of(
          "framing",
          "request_line",
          "header",
          "host",
          "authority",
          "header_size",
          "uri_length",
          "method",
          "version",
          "expectation",
          "header_timeout",
          "body_timeout");

  private static final String SHORT_DEADLINES =
      """
      request_header_timeout = "2s"
      body_stall_timeout = "2s"
      send_stall_timeout = "2s"
      keepalive_timeout = "8s"
      """;

  @TempDir private static Path folder;
  private L7Host host;

  @BeforeAll
  void start() throws Exception {
    host = new L7Host(folder, SHORT_DEADLINES);
  }

  @AfterAll
  void stop() throws Exception {
    host.close();
  }

  @TestFactory
  Stream<DynamicTest> conforms() {
    List<Http1Case> rows =
        Stream.of(
                SlowRows.all(),
                LengthRows.all(),
                ChunkRows.all(),
                HeadRows.all(),
                BehaviourRows.all(),
                ResponseRows.all())
            .flatMap(each -> each)
            .toList();
    List<Case> cases = new ArrayList<>();
    for (Http1Case row : rows) {
      String path = "/case" + cases.size() + "x/";
      cases.add(new Case(row.id(), () -> row.script().run(host, path)));
    }
    return Stream.concat(
        SideBySide.run(AT_ONCE, cases), Stream.concat(counted(), Stream.of(quiet())));
  }

  /** When all are done, since they are counted together. */
  private Stream<DynamicTest> counted() {
    return REASONS.stream()
        .map(
            reason ->
                DynamicTest.dynamicTest(
                    "counted as " + reason, () -> assertThat(refused(reason)).isPositive()));
  }

  private double refused(String reason) {
    return host.metric("gatehouse_proxy_requests_refused_total", "reason=\"" + reason + "\"");
  }

  private DynamicTest quiet() {
    return DynamicTest.dynamicTest(
        "nothing is logged as a fault of ours",
        () -> assertThat(host.remarks()).doesNotContain("level=error").doesNotContain("Exception"));
  }
}
