package dev.gatehouse.relay;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.testkit.PartContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RelayPartTest extends PartContract {

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
    ManualTicker ticker = new ManualTicker();
    EventCounters counters = new EventCounters();
    CertificateStore certificates =
        new CertificateStore(
            Relay.SERVICE,
            new CertificateCheck(false, Duration.ofDays(14), false),
            Duration.ofHours(1),
            ServerContext.Engine.JDK,
            counters,
            ticker);
    Surroundings around =
        new Surroundings(
            LOOPS, Admission.OPEN, certificates, Optional.empty(), counters, ticker, "1.0.0");
    return new Relay(TestRelay.defaults(), around, (listener, cause) -> {});
  }
}
