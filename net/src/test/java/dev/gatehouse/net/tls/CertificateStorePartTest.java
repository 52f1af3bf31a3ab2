package dev.gatehouse.net.tls;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.tls.CertificateStore.Use;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.net.tls.ServerContext.MinimumVersion;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.PartContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CertificateStorePartTest extends PartContract {

  @RegisterExtension final LeakGuard leaks = new LeakGuard();

  @TempDir private Path folder = Path.of("");

  @Override
  protected Part newPart() throws Exception {
    CertificateStore store =
        new CertificateStore(
            "proxy",
            new CertificateCheck(true, Duration.ofDays(14), true),
            Duration.ofMillis(10),
            Engine.best(),
            new EventCounters(),
            Ticker.system());
    SelfSigned pair = SelfSigned.forLocalhost(folder, Ticker.system().now());
    store.add(
        new Use(
            "localhost",
            "localhost",
            new CertificateFiles(pair.certificate(), pair.key()),
            MinimumVersion.TLS_1_3));
    return store;
  }
}
