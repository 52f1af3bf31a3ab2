package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What connections take of the host they give back, however they end, and they take little. */
@Timeout(180)
@Isolated // it measures
class ResourcesTest {

  private static final String SOURCE = "127.0.0.2";

  /** Empty pipes that wait for the next large connection, two ends each. */
  private static final int MAX_KEPT_PIPE_ENDS = 128;

  private static final int LARGE = 200 * 1024;

  private static final String LISTENER = "[[proxy.listeners]]\naddr = \"127.0.0.1:443\"\n";
  private static final String CONFIGURATION =
      "[ops]\n[proxy]\naccess_log = \"off\"\n" + LISTENER + Host.routes();

  /** Memory that moves is that of connections, not that of a heap that settles. */
  private static final List<String> WATCHED =
      List.of(
          "env",
          "GATEHOUSE_JAVA_OPTS=-Xms96m -Xmx96m -XX:+AlwaysPreTouch"
              + " -Dio.netty.leakDetection.level=paranoid");

  @TempDir private Path folder;

  @Test
  void twentyThousandConnectionsLeaveNothingBehind() throws Exception {
    try (Host host = new Host(folder, WATCHED, CONFIGURATION)) {
      ProcessFigures figures = host.figures();
      mix(host, 2000);
      awaitNoConnection(host);
      long sockets = figures.openFiles("socket");
      List<String> threads = figures.threads();
      mix(host, 8000);
      awaitNoConnection(host);
      long half = figures.rssKib();
      mix(host, 10_000);
      awaitNoConnection(host);
      long whole = figures.rssKib();
      Await.until("no socket is left", () -> figures.openFiles("socket") <= sockets);
      System.out.printf(
          "after 10,000 and 20,000 connections: RSS %d, %d KiB; sockets %d, pipe ends %d%n",
          half, whole, sockets, figures.openFiles("pipe"));
      assertThat(figures.openFiles("pipe")).isLessThanOrEqualTo(MAX_KEPT_PIPE_ENDS);
      assertThat(figures.threads()).isEqualTo(threads);
      assertThat(whole - half).as("KiB in 10,000 connections").isLessThan(12 * 1024);
      assertSpliced(host);
      collectGarbage(host);
      assertThat(host.daemon().log()).doesNotContain("LEAK");
      assertThat(host.daemon().remarks()).allMatch(line -> line.contains("dial_failed"));
    }
  }

  /** The sender is held back, and what it has sent so far lies in the kernel. */
  @ParameterizedTest
  @CsvSource({"copy, 1, 1024", "splice, 204800, 256"})
  void whoDoesNotReadIsNotReadAheadFor(String relay, int readAtFirst, long maxKibEach)
      throws Exception {
    int count = 40;
    String configuration = CONFIGURATION.replace("[proxy]", "[proxy]\nrelay = \"" + relay + "\"");
    List<Client> stopped = new ArrayList<>();
    try (Host host = new Host(folder, WATCHED, configuration)) {
      mix(host, 500);
      awaitNoConnection(host);
      long before = host.figures().rssKib();
      for (int i = 0; i < count; i++) {
        Client client = host.connect(SOURCE);
        stopped.add(client);
        client.send(HelloBytes.named("flood.example")).read(readAtFirst);
      }
      awaitStandstill(host);
      long each = (host.figures().rssKib() - before) / count;
      System.out.printf("%s, a stopped reader: %d KiB each%n", relay, each);
      assertThat(each).isLessThan(maxKibEach);
      assertThat(host.isServed(SOURCE)).isTrue();
      long sent = host.flood().sent();
      for (Client client : stopped) {
        assertThat(client.read(4 << 20)).hasSize(4 << 20);
      }
      assertThat(host.flood().sent()).as("it goes on where it stopped").isGreaterThan(sent);
      for (Client client : stopped) {
        client.reset();
      }
      awaitNoConnection(host);
    }
  }

  @Test
  void whereFilesAreShortConnectionsAreCopiedThenRefusedThenTakenAgain() throws Exception {
    List<Client> held = new ArrayList<>();
    try (Host host = new Host(folder, List.of("prlimit", "--nofile=512:512"), CONFIGURATION)) {
      while (held.size() < 115) {
        held.add(host.echoed(SOURCE));
      }
      Client large = held.getFirst();
      assertThat(large.send(new byte[LARGE]).read(LARGE)).hasSize(LARGE);
      assertThat(host.metrics().sum("gatehouse_proxy_splice_fallbacks_total", "\"fd_limit\""))
          .isEqualTo(1);
      while (host.isServed(SOURCE) && held.size() < 200) {
        held.add(host.echoed(SOURCE));
      }
      assertThat(held).hasSizeBetween(116, 128);
      assertThat(host.metrics().sum("gatehouse_listener_refused_total", "\"fd_limit\""))
          .isEqualTo(1);
      for (Client client : held) {
        client.reset();
      }
      Await.until("connections are taken again", () -> host.isServed(SOURCE));
      assertThat(host.daemon().remarks())
          .satisfiesExactly(
              line -> assertThat(line).contains("level=warn msg=fd_short"),
              line -> assertThat(line).contains("level=info msg=fd_resumed"));
      try (Client client = host.echoed(SOURCE)) {
        client.send(new byte[LARGE]).read(LARGE);
        assertThat(host.metrics().sum("gatehouse_proxy_spliced_connections")).isEqualTo(1);
      }
    }
  }

  /** The budget knows nothing of what the rest of the process opens; the kernel does. */
  @Test
  void aProcessWithoutAFileLeftWaitsAndGoesOn() throws Exception {
    List<Client> waiting = new ArrayList<>();
    try (Host host = new Host(folder, CONFIGURATION)) {
      assertThat(host.isServed(SOURCE)).isTrue();
      awaitNoConnection(host);
      limitFiles(host, host.figures().openFiles() + 7);
      for (int i = 0; i < 40; i++) {
        waiting.add(host.connect(SOURCE).send(HelloBytes.named("echo.example")));
      }
      host.daemon().awaitLog("accept_failed");
      long percent = host.figures().percentOfProcessor(Duration.ofSeconds(1));
      System.out.printf("without a file left: %d %% of a processor%n", percent);
      assertThat(percent).isLessThan(40);
      for (Client client : waiting) {
        client.reset();
      }
      Await.until("connections are taken again", () -> host.isServed(SOURCE));
      assertThat(host.daemon().log()).doesNotContain("Exception");
    }
  }

  private static void limitFiles(Host host, int files) {
    String pid = Long.toString(host.daemon().pid());
    Program.Ended limited = host.run(List.of("prlimit", "--pid", pid, "--nofile=" + files + ":"));
    assertThat(limited.code()).as(limited.errors()).isZero();
  }

  /** Runs so many connections of all kinds, some at a time. */
  private static void mix(Host host, int count) throws Exception {
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = i % 10;
      String from = "127.0.2." + (1 + i % 8);
      all.add(host.inside().submit(() -> isAsExpected(kind, from)));
    }
    for (Future<Boolean> each : all) {
      assertThat(each.get()).isTrue();
    }
  }

  private static boolean isAsExpected(int kind, String from) throws IOException {
    byte[] hello = HelloBytes.named("echo.example");
    try (Client client = Client.connect(from, Host.PORT)) {
      return switch (kind) {
        case 0 -> isReset(client, HelloBytes.named("reset.example"));
        case 1 -> isReset(client, HelloBytes.named("nobody.example"));
        case 2 -> isReset(client, HelloBytes.named("unknown.test"));
        case 3 -> client.send(Arrays.copyOf(hello, 40)).finish().end().received().length == 0;
        case 4, 5 -> isEchoed(client, hello, new byte[LARGE]);
        case 6 -> {
          client.send(hello).read(hello.length);
          client.reset();
          yield true;
        }
        default -> isEchoed(client, hello, new byte[100]);
      };
    }
  }

  private static boolean isReset(Client client, byte[] hello) {
    return client.send(hello).end().reset();
  }

  private static boolean isEchoed(Client client, byte[] hello, byte[] more) {
    Client.Ending ending = client.send(hello).send(more).finish().end();
    return !ending.reset() && ending.received().length == hello.length + more.length;
  }

  private static void awaitNoConnection(Host host) throws Exception {
    Await.until(
        "no connection is left",
        () -> host.metrics().sum("gatehouse_listener_connections", "service=\"proxy\"") == 0);
  }

  /** Until the servers have not got rid of a byte for a while. */
  private static void awaitStandstill(Host host) throws Exception {
    Await.until(
        "senders are held back",
        Duration.ofSeconds(30),
        () -> {
          long sent = host.flood().sent();
          host.figures().percentOfProcessor(Duration.ofMillis(700));
          return host.flood().sent() == sent;
        });
  }

  /** Otherwise the kinds of connection were fewer than meant. */
  private static void assertSpliced(Host host) {
    assertThat(host.figures().openFiles("pipe")).as("pipes for the next").isPositive();
    assertThat(host.metrics().sum("gatehouse_proxy_splice_fallbacks_total")).isZero();
  }

  /** What nobody refers to any more and was not released is told of after that. */
  private static void collectGarbage(Host host) throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (int i = 0; i < 2; i++) {
      Program.Ended collected =
          host.run(List.of(jcmd, Long.toString(host.daemon().pid()), "GC.run"));
      assertThat(collected.code()).as(collected.errors()).isZero();
      mix(host, 100);
    }
  }
}
