package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.testkit.PartContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ListenerPartTest extends PartContract {

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
    Endpoint endpoint = new Endpoint(IpAddress.parse("127.0.0.1").orElseThrow(), 0);
    return new Listener(
        new ListenerSettings("test.listen", "test", endpoint, 16, 0, Duration.ofSeconds(1)),
        LOOPS,
        Admission.OPEN,
        new EventCounters(),
        channel -> channel.close(),
        (listener, cause) -> {});
  }
}
