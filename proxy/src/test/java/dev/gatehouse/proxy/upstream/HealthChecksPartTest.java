package dev.gatehouse.proxy.upstream;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.connect.Dialer;
import dev.gatehouse.net.connect.NameLookup;
import dev.gatehouse.net.connect.NameResolver;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.testkit.PartContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HealthChecksPartTest extends PartContract {

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
    NameResolver names = new NameResolver(NameLookup.system(), Ticker.system());
    return new HealthChecks(LOOPS, new Dialer(LOOPS, names));
  }
}
