package dev.gatehouse.e2e.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;
import dev.gatehouse.e2e.http.SideBySide;
import dev.gatehouse.e2e.http.SideBySide.Case;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who uses HTTP/2 to cost others more than himself is thrown out, counted, and soon. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class Http2AbuseTest {

  /** Requests on a connection before it is to go on elsewhere. */
  static final int MAX_STREAMS = 600;

  private static final int AT_ONCE = 8;
  private static final int MAX_PERCENT_AT_REST = 50;

  private static final String SETTINGS =
      """
      request_header_timeout = "2s"
      body_stall_timeout = "2s"
      send_stall_timeout = "2s"
      keepalive_timeout = "8s"
      h2_max_streams_per_connection = %d
      """
          .formatted(MAX_STREAMS);

  @TempDir private static Path folder;
  private L7Host host;

  @BeforeAll
  void start() throws Exception {
    host = new L7Host(folder, SETTINGS);
  }

  @AfterAll
  void stop() throws Exception {
    host.close();
  }

  @TestFactory
  Stream<DynamicTest> endsAbuse() {
    List<Abuse> all =
        Stream.of(Floods.all(), Bombs.all(), SlowPeers.all()).flatMap(List::stream).toList();
    List<Case> cases = new ArrayList<>();
    for (Abuse each : all) {
      String path = "/case" + cases.size() + "x/";
      cases.add(new Case(each.name(), () -> each.run(host, path)));
    }
    return Stream.of(
            SideBySide.run(AT_ONCE, cases), counted(all), Stream.of(served(), quiet(), atRest()))
        .flatMap(tests -> tests);
  }

  /** When all are done, since they are counted together. */
  private Stream<DynamicTest> counted(List<Abuse> all) {
    Map<String, Long> kinds =
        all.stream()
            .map(Abuse::kind)
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
    return kinds.entrySet().stream()
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    "counted as " + kind.getKey(),
                    () ->
                        assertThat(abuse(kind.getKey()))
                            .as(host.series("gatehouse_proxy_h2_abuse_total"))
                            .isGreaterThanOrEqualTo(kind.getValue())));
  }

  private double abuse(String kind) {
    return host.metric("gatehouse_proxy_h2_abuse_total", "kind=\"" + kind + "\"");
  }

  private DynamicTest served() {
    return DynamicTest.dynamicTest(
        "everybody else is served afterwards",
        () -> {
          try (Http2Client client = Http2Client.connect(host, "/afterwards")) {
            client.get(1).served(1, 200);
          }
        });
  }

  private DynamicTest quiet() {
    return DynamicTest.dynamicTest(
        "nothing is logged as a fault of ours",
        () -> assertThat(host.remarks()).doesNotContain("level=error").doesNotContain("Exception"));
  }

  private DynamicTest atRest() {
    return DynamicTest.dynamicTest(
        "nothing goes on afterwards",
        () ->
            assertThat(host.percentOfProcessor(Duration.ofSeconds(1)))
                .isLessThan(MAX_PERCENT_AT_REST));
  }
}
