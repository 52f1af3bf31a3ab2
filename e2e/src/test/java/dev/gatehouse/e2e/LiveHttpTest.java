package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.ServerTls;
import dev.gatehouse.client.proxy.Warning;
import dev.gatehouse.testkit.Await;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Routes, policies and certificates that change all the time, under visitors who must not notice.
 */
@Timeout(120)
class LiveHttpTest {

  private static final String NAME = "www.example.org";
  private static final String ONE = "127.0.0.1:9401";
  private static final String OTHER = "127.0.0.1:9402";
  private static final L7Policy POLICY = new L7Policy(L7Policy.Type.BLOCK_USER_AGENT, "probe");

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1) / 20;
  private static final int CHANGES = 200;
  private static final int CHANGES_A_RENEWAL = 40;
  private static final int REQUESTS_A_CONNECTION = 50;

  @TempDir private Path folder;
  private final AtomicBoolean over = new AtomicBoolean();
  private Scene scene;
  private Certificate shown;
  private HttpVisitor.Means means;
  private Daemon gatehouse;

  @BeforeEach
  void openTheDoor() throws Exception {
    scene = Scene.create(folder);
    shown = Certificate.create(Files.createDirectory(folder.resolve("shown")));
    scene.httpBackend("h1:9401", "h1:9402");
    means =
        new HttpVisitor.Means(
            Insiders.of(scene.host(), 1),
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));
    gatehouse =
        scene.gatehouse(
            L7Routes.of(shown, "access_log = \"off\"", "cert_poll_interval = \"1s\"")
                .to("www", ONE)
                .file());
  }

  @AfterEach
  void closeTheDoor() {
    means.loops().shutdownGracefully().syncUninterruptibly();
    means.inside().close();
    scene.close();
  }

  @Test
  void twentyChangesASecondFailNoRequestAndAreInForceAtOnce() throws Exception {
    List<Future<Long>> visitors = new ArrayList<>();
    Path socket = folder.resolve("gatehouse/gatehouse-data/control.sock");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpVisitor lasting = HttpVisitor.http2(means, NAME);
        HttpVisitor probe = HttpVisitor.http2(means, NAME);
        GatehouseClient operator = GatehouseClient.open(socket)) {
      try {
        for (int i = 0; i < 4; i++) {
          visitors.add(threads.submit(() -> visit(lasting, Integer.MAX_VALUE)));
          visitors.add(threads.submit(() -> comeAndGo(false)));
        }
        visitors.add(threads.submit(() -> comeAndGo(true)));
        change(operator, probe);
      } finally {
        over.set(true);
      }
      long requests = 0;
      for (Future<Long> visitor : visitors) {
        requests += visitor.get();
      }
      System.out.printf("%d changes under %d requests%n", CHANGES, requests);
      assertThat(requests).isGreaterThan(CHANGES);
    }
    assertThat(gatehouse.log()).doesNotContain("level=error");
  }

  private long comeAndGo(boolean http2) throws Exception {
    long requests = 0;
    while (!over.get()) {
      try (HttpVisitor visitor =
          http2 ? HttpVisitor.http2(means, NAME) : HttpVisitor.http1(means, NAME)) {
        requests += visit(visitor, REQUESTS_A_CONNECTION);
      }
    }
    return requests;
  }

  private long visit(HttpVisitor visitor, int most) throws Exception {
    long requests = 0;
    while (!over.get() && requests < most) {
      assertThat(visitor.get("/", "visitor").status()).isEqualTo(200);
      requests++;
    }
    return requests;
  }

  /** Makes each change and asks at once, over a connection that is older than all of them. */
  private void change(GatehouseClient operator, HttpVisitor probe) throws Exception {
    Metrics before = Metrics.of(gatehouse);
    for (int i = 0; i < CHANGES; i++) {
      if (i % CHANGES_A_RENEWAL == 0) {
        renew();
      }
      changeOnce(operator, probe, i);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    Await.until(
        "certificates were renewed",
        () ->
            Metrics.of(gatehouse)
                    .growth(before, "gatehouse_tls_certificate_reloads_total", "\"ok\"")
                > 0);
  }

  private void changeOnce(GatehouseClient operator, HttpVisitor probe, int number)
      throws Exception {
    switch (number % 4) {
      case 0 -> {
        operator.proxy().addRoute("", to(OTHER));
        assertThat(port(probe)).isEqualTo("9402");
      }
      case 1 -> {
        List<Warning> warnings = operator.proxy().addPolicy("", NAME, POLICY);
        assertThat(warnings).isEmpty();
        assertThat(probe.get("/", "probe").status()).isEqualTo(403);
      }
      case 2 -> {
        operator.proxy().removePolicy("", NAME, POLICY);
        assertThat(probe.get("/", "probe").status()).isEqualTo(200);
      }
      default -> {
        operator.proxy().addRoute("", to(ONE));
        assertThat(port(probe)).isEqualTo("9401");
      }
    }
  }

  private static String port(HttpVisitor probe) throws Exception {
    HttpVisitor.Answer answer = probe.get("/", "probe");
    assertThat(answer.status()).isEqualTo(200);
    return answer.headers().get("x-port");
  }

  private Route to(String backend) {
    return Route.l7(NAME, backend, ServerTls.of(shown.chain().toString(), shown.key().toString()));
  }

  /** One file after the other, as programs that renew certificates do it. */
  private void renew() throws Exception {
    Certificate next = Certificate.create(Files.createDirectories(folder.resolve("next")));
    Files.move(next.key(), shown.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(next.chain(), shown.chain(), StandardCopyOption.REPLACE_EXISTING);
  }
}
