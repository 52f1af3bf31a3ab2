package dev.gatehouse.net.accesslog;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.testkit.PartContract;
import java.time.Duration;

class AccessLogPartTest extends PartContract {

  @Override
  protected Part newPart() {
    return new AccessLog(Duration.ofSeconds(10), new EventCounters());
  }
}
