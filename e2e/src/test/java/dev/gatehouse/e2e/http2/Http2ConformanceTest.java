package dev.gatehouse.e2e.http2;

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

/** The front door keeps the rules of RFC 9113 and RFC 7541, and makes its clients keep them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class Http2ConformanceTest {

  private static final int AT_ONCE = 8;

  @TempDir private static Path folder;
  private L7Host host;

  @BeforeAll
  void start() throws Exception {
    host = new L7Host(folder, "");
  }

  @AfterAll
  void stop() throws Exception {
    host.close();
  }

  @TestFactory
  Stream<DynamicTest> conforms() {
    List<Http2Case> rules =
        Stream.of(
                FramingRules.all(),
                StreamRules.all(),
                FrameRules.all(),
                FlowRules.all(),
                MessageRules.all(),
                HpackRules.all())
            .flatMap(List::stream)
            .toList();
    List<Case> cases = new ArrayList<>();
    for (Http2Case each : rules) {
      String path = "/case" + cases.size() + "x/";
      cases.add(new Case(each.rule(), () -> each.script().run(host, path)));
    }
    return SideBySide.run(AT_ONCE, cases);
  }
}
