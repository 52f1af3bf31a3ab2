package dev.gatehouse.e2e.relay.frames;

import dev.gatehouse.e2e.http.SideBySide;
import dev.gatehouse.e2e.http.SideBySide.Case;
import dev.gatehouse.e2e.relay.RelayHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The relay keeps the rules of RFC 6455 and makes binaries and phones keep them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class WebSocketConformanceTest {

  private static final int AT_ONCE = 8;

  @TempDir private static Path folder;
  private RelayHost host;

  @BeforeAll
  void start() {
    host = new RelayHost(folder, "max_connections = 1000", "upgrade_burst = 100000");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @TestFactory
  Stream<DynamicTest> conforms() {
    List<Case> cases = new ArrayList<>();
    for (FrameCase each : rules()) {
      for (Pair.Side side : Pair.Side.values()) {
        String who = side.name().toLowerCase(Locale.ROOT);
        String id = who + cases.size();
        cases.add(new Case(each.rule() + ", by a " + who, () -> each.run(host, id, side)));
      }
    }
    return SideBySide.run(AT_ONCE, cases);
  }

  private static List<FrameCase> rules() {
    return Stream.of(
            FramingRules.all(),
            ControlRules.all(),
            FragmentRules.all(),
            TextRules.all(),
            CloseRules.all())
        .flatMap(rules -> rules)
        .toList();
  }
}
