package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Visitors of backends of which most are not well, all at the same time.
 *
 * <p>It takes as many seconds as {@code gatehouse.chaos.seconds} says.
 */
class HttpChaosTest {

  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("gatehouse.chaos.seconds", 20));

  private static final int VISITORS = 8;
  private static final int MAX_GROWTH_KIB = 64 * 1024;

  /** What a visitor sees of a body that breaks off. */
  private static final int BROKEN = 0;

  /** Memory that moves is that of requests, not that of a heap that settles. */
  private static final List<String> WATCHED =
      List.of(
          "env",
          "GATEHOUSE_JAVA_OPTS=-Xms128m -Xmx128m -XX:+AlwaysPreTouch"
              + " -Dio.netty.leakDetection.level=paranoid");

  /** Each with what becomes of a request, and how often it is asked. */
  private enum Kind {
    WELL("/", 200, 6),
    SHARED("/", 200, 6),
    LARGE("/file/large", 200, 2),
    DOWN("/", 502, 2),
    DYING("/", 502, 2),
    BABBLING("/", 502, 2),
    STALLED("/", 504, 1),
    BREAKING("/", BROKEN, 2),
    HALF("/half", BROKEN, 2);

    private final String path;
    private final int outcome;
    private final int weight;

    Kind(String path, int outcome, int weight) {
      this.path = path;
      this.outcome = outcome;
      this.weight = weight;
    }

    String route() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @TempDir private Path folder;
  private final List<BackendServer> servers = new ArrayList<>();
  private final Map<Kind, Integer> visits = new ConcurrentHashMap<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private Scene scene;
  private HttpVisitor.Means means;
  private Daemon gatehouse;

  @BeforeEach
  void openTheDoor() throws Exception {
    scene = Scene.create(folder);
    Files.write(folder.resolve("large"), new byte[1 << 20]);
    means =
        new HttpVisitor.Means(
            Insiders.of(scene.host(), 1),
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));
    scene.httpBackend("h1:9801", "h2c:9802");
    serve(9804, HttpServices::die);
    serve(9805, HttpServices::babble);
    serve(9806, HttpServices::stall);
    serve(9807, HttpServices::breakOff);
    gatehouse =
        Daemon.startAs(
            WATCHED,
            scene.host(),
            folder,
            L7Routes.of(
                    scene.certificate(),
                    "access_log = \"off\"",
                    "response_header_timeout = \"1s\"",
                    "backend_idle_timeout = \"1s\"")
                .to("well", "127.0.0.1:9801")
                .to("shared", "127.0.0.1:9802", "backend_protocol = \"h2c\"")
                .to("large", "127.0.0.1:9801")
                .to("down", "127.0.0.1:9803")
                .to("dying", "127.0.0.1:9804")
                .to("babbling", "127.0.0.1:9805")
                .to("stalled", "127.0.0.1:9806")
                .to("breaking", "127.0.0.1:9807")
                .to("half", "127.0.0.1:9802", "backend_protocol = \"h2c\"")
                .file());
  }

  private void serve(int port, BackendServer.Service service) throws Exception {
    servers.add(BackendServer.start(means.inside(), port, service));
  }

  @AfterEach
  void closeTheDoor() throws Exception {
    gatehouse.close();
    for (BackendServer server : servers) {
      server.close();
    }
    means.loops().shutdownGracefully().sync();
    means.inside().close();
    scene.close();
  }

  @Test
  void everyFailureIsAnsweredAsItShouldBeAndNothingIsLeftBehind() throws Exception {
    ProcessFigures figures = ProcessFigures.of(gatehouse);
    int files = figures.openFiles();
    run(LENGTH.dividedBy(4));
    long before = figures.rssKib();
    run(LENGTH.dividedBy(4).multipliedBy(3));
    awaitQuiet();
    assertCounted();
    Await.until("descriptors are back", () -> figures.openFiles() <= files);
    long growth = figures.rssKib() - before;
    System.out.printf("%s requests, RSS %+d KiB%n", visits, growth);
    assertThat(growth).as("KiB").isLessThan(MAX_GROWTH_KIB);
    collectGarbage();
    assertThat(gatehouse.log()).doesNotContain("LEAK", "level=error", "Exception");
  }

  private void run(Duration length) throws Exception {
    over.set(false);
    List<Future<?>> visitors = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < VISITORS; i++) {
        int seed = i;
        visitors.add(
            threads.submit(
                () -> {
                  visit(new Random(seed), seed % 2 == 0);
                  return null;
                }));
      }
      ProcessFigures.of(gatehouse).percentOfProcessor(length);
      over.set(true);
      for (Future<?> visitor : visitors) {
        visitor.get();
      }
    }
  }

  private void visit(Random random, boolean http2) throws Exception {
    Map<Kind, HttpVisitor> open = new HashMap<>();
    List<Kind> choice = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      choice.addAll(Collections.nCopies(kind.weight, kind));
    }
    while (!over.get()) {
      Kind kind = choice.get(random.nextInt(choice.size()));
      HttpVisitor visitor = open.get(kind);
      if (visitor == null || !visitor.isOpen()) {
        String name = kind.route() + ".example.org";
        visitor = http2 ? HttpVisitor.http2(means, name) : HttpVisitor.http1(means, name);
        open.put(kind, visitor);
      }
      assertThat(outcome(visitor, kind)).as("%s, HTTP/2: %s", kind, http2).isEqualTo(kind.outcome);
      visits.merge(kind, 1, Integer::sum);
    }
    open.values().forEach(HttpVisitor::close);
  }

  private static int outcome(HttpVisitor visitor, Kind kind) throws Exception {
    try {
      return visitor.get(kind.path, "visitor").status();
    } catch (IOException _) {
      return BROKEN;
    }
  }

  /** Until nobody asks, nobody is connected and no backend's connection is kept. */
  private void awaitQuiet() throws Exception {
    Await.until(
        "all is quiet",
        Duration.ofSeconds(20),
        () -> {
          Metrics now = Metrics.of(gatehouse);
          return now.sum("gatehouse_proxy_requests_active") == 0
              && now.sum("gatehouse_listener_connections", "service=\"proxy\"") == 0
              && now.sum("gatehouse_proxy_pool_connections") == 0;
        });
  }

  private void assertCounted() {
    Metrics now = Metrics.of(gatehouse);
    for (Kind kind : Kind.values()) {
      String route = "route=\"" + kind.route() + ".example.org\"";
      String code = "code=\"" + (kind.outcome == BROKEN ? 200 : kind.outcome) + "\"";
      String origin = kind.outcome > 500 ? "origin=\"proxy\"" : "origin=\"backend\"";
      assertThat(now.sum("gatehouse_proxy_responses_total", route, code, origin))
          .as("%s", kind)
          .isEqualTo(visits.getOrDefault(kind, 0).doubleValue());
    }
  }

  /** What nobody refers to any more and was not released is told of after that. */
  private void collectGarbage() throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (int i = 0; i < 2; i++) {
      String pid = Long.toString(gatehouse.pid());
      Program.Ended collected = scene.host().run(List.of(jcmd, pid, "GC.run"));
      assertThat(collected.code()).as(collected.errors()).isZero();
      run(Duration.ofSeconds(1));
    }
  }
}
