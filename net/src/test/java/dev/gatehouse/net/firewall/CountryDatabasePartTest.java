package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.testkit.PartContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class CountryDatabasePartTest extends PartContract {

  @TempDir private Path folder = Path.of("");

  @Override
  protected Part newPart() {
    Path file = folder.resolve("countries.mmdb");
    MmdbFile.countries().used("192.0.2.0/24", "NL").write(file);
    return new CountryDatabase(Optional.of(file), Duration.ofMillis(10), new EventCounters());
  }
}
