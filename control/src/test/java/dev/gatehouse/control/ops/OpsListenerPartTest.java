package dev.gatehouse.control.ops;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.testkit.PartContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OpsListenerPartTest extends PartContract {

  private static final EventLoops LOOPS = new EventLoops(Transport.NIO);

  @BeforeAll
  static void startLoops() {
    LOOPS.start();
  }

  @AfterAll
  static void closeLoops() {
    LOOPS.close();
  }

  @Override
  protected Part newPart() {
    return new OpsListener(
        new Endpoint(IpAddress.parse("127.0.0.1").orElseThrow(), 0),
        RunningOps.config("jvm_metrics = false"),
        new OpsContent(FakeServer.SERVING, null, List.of(), List.of()),
        LOOPS,
        new EventCounters(),
        Ticker.system(),
        (listener, cause) -> {});
  }
}
