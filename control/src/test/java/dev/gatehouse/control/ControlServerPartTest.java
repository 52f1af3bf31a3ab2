package dev.gatehouse.control;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.testkit.PartContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class ControlServerPartTest extends PartContract {

  @TempDir private Path folder;

  @Override
  protected Part newPart() {
    return new ControlServer(
        Sockets.settings(folder.resolve("control.sock")),
        List.of(new StatusCalls()),
        new EventCounters());
  }
}
