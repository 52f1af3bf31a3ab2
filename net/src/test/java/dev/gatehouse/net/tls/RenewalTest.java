package dev.gatehouse.net.tls;

import static dev.gatehouse.net.tls.Issued.NOW;
import static dev.gatehouse.net.tls.TlsClient.HOST;
import static dev.gatehouse.net.tls.TlsClient.echo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.net.tls.CertificateStore.Use;
import dev.gatehouse.net.tls.Issued.Recipe;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.net.tls.ServerContext.MinimumVersion;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.ManualTicker;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates that change while clients are there. */
@Timeout(60)
class RenewalTest {

  private static final int ROUNDS = 20;

  @RegisterExtension final LeakGuard leaks = new LeakGuard();

  @TempDir private Path folder = Path.of("");

  private CertificateStore store = store(Engine.best());
  private TlsServer server;
  private TlsClient client;

  @BeforeEach
  void open() throws Exception {
    client = new TlsClient();
    server = new TlsServer((hello, allocator) -> store.open(HOST, hello, allocator));
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
  }

  @ParameterizedTest
  @EnumSource
  void openConnectionsLiveOnAndNewOnesSeeTheNewCertificate(Engine engine) throws Exception {
    Issued first = serve(engine);
    ServerContext old = store.context(HOST).orElseThrow();
    try (SSLSocket before = client.connect(server.port())) {
      assertThat(echo(before, "before")).isEqualTo("before");
      Issued second = renew();
      assertThat(echo(before, "after")).isEqualTo("after");
      try (SSLSocket after = client.connect(server.port())) {
        assertThat(echo(after, "new")).isEqualTo("new");
      }
      assertThat(client.shown())
          .containsExactly(List.of(first.certificate()), List.of(second.certificate()));
      assertThat(echo(before, "still here")).isEqualTo("still here");
    }
    Await.until("the old one is freed", () -> engine == Engine.JDK || old.references() == 0);
  }

  @Test
  void aRemovedCertificateServesThoseWhoHaveIt() throws Exception {
    serve(Engine.best());
    try (SSLSocket socket = client.connect(server.port())) {
      assertThat(echo(socket, "before")).isEqualTo("before");
      store.remove(HOST);
      assertThat(echo(socket, "after")).isEqualTo("after");
    }
  }

  @Test
  void clientsWhoComeDuringARenewalGetOneCertificateOrTheOther() throws Exception {
    serve(Engine.best());
    AtomicBoolean stop = new AtomicBoolean();
    Callable<Integer> coming =
        () -> {
          int served = 0;
          while (!stop.get()) {
            try (SSLSocket socket = new TlsClient().connect(server.port())) {
              assertThat(echo(socket, "hello")).isEqualTo("hello");
              served++;
            }
          }
          return served;
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> clients = threads.submit(coming);
      for (int i = 0; i < ROUNDS; i++) {
        renew();
      }
      stop.set(true);
      assertThat(clients.get()).isPositive();
    }
  }

  private static CertificateStore store(Engine engine) {
    return new CertificateStore(
        "proxy",
        new CertificateCheck(true, Duration.ofDays(14), false, List::<X509Certificate>of),
        Duration.ofHours(1),
        engine,
        new EventCounters(),
        new ManualTicker(NOW));
  }

  private Issued serve(Engine engine) throws Exception {
    store = store(engine);
    Issued issued = write();
    store.add(
        new Use(
            HOST,
            HOST,
            new CertificateFiles(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem")),
            MinimumVersion.TLS_1_3));
    return issued;
  }

  private Issued renew() throws Exception {
    Issued issued = write();
    store.reload();
    return issued;
  }

  private Issued write() throws Exception {
    Issued issued = new Recipe(HOST).names(HOST).signedByItself();
    Pem.write(folder, issued);
    return issued;
  }
}
