package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.kernel.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.blockhound.BlockHound;

/** Routes that change all the time, under connections that must not notice. */
@Isolated // it measures
class LiveRoutesTest {

  private static final int CHANGES_PER_SECOND = 50;
  private static final int CHANGES = 60 * CHANGES_PER_SECOND;
  private static final int TRANSFERS = 200;
  private static final int NEIGHBOURS = 20;
  private static final Duration IN_FORCE = Duration.ofMillis(100);

  /**
   * The virtual machine lets an agent add methods only if it is asked to. Netty's adaptive
   * allocator grows under a lock for which two loops may meet, so the one with an arena for each
   * loop is taken here: what is looked for is what our own code does.
   */
  private static final String BLOCKHOUND =
      "-Dio.netty.allocator.type=pooled -XX:+AllowRedefinitionToAddDeleteMethods -javaagent:"
          + BlockHound.class.getProtectionDomain().getCodeSource().getLocation().getPath();

  private static final String CONFIGURATION =
      """
      [ops]
      [proxy]
      access_log = "off"
      [[proxy.listeners]]
      addr = "127.0.0.1:%d"
      """
              .formatted(Host.PORT)
          + Host.routes();

  @TempDir private Path folder;

  @Test
  void fiftyChangesASecondBreakNoTransferAndAreInForceAtOnce() throws Exception {
    List<String> changer = List.of("env", "GATEHOUSE_JAVA_OPTS=" + BLOCKHOUND);
    try (Host host = new Host(folder, changer, CONFIGURATION);
        BackendServer _ = lettered(host, 8011, '1');
        BackendServer _ = lettered(host, 8012, '2');
        GatehouseClient client =
            GatehouseClient.open(folder.resolve("gatehouse-data/control.sock"))) {
      AtomicBoolean over = new AtomicBoolean();
      List<Future<Long>> transfers = new ArrayList<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < TRANSFERS; i++) {
          Client connection = host.connect("127.0.0.1");
          Transfer transfer = new Transfer(connection, i, over);
          transfers.add(threads.submit(transfer::run));
        }
        List<Long> seen = change(client, host);
        over.set(true);
        assertThat(trouble(host)).isEmpty();
        long bytes = 0;
        for (Future<Long> transfer : transfers) {
          bytes += transfer.get();
        }
        report(seen, bytes);
        assertThat(seen).hasSize(CHANGES).allMatch(nanos -> nanos <= IN_FORCE.toNanos());
      }
      assertThat(trouble(host)).isEmpty();
    }
  }

  @Test
  void aLoopThatWaitsIsFound() {
    List<String> command = new ArrayList<>(JavaProgram.command(BlockedLoop.class));
    command.addAll(1, List.of(BLOCKHOUND.split(" ", -1)));
    Program.Ended ended = Program.run(Program.here(folder), command);
    assertThat(ended.output()).as(ended.errors()).contains("BlockingOperationError");
  }

  private static List<String> trouble(Host host) {
    return host.daemon()
        .log()
        .lines()
        .filter(line -> line.contains("BlockingOperationError") || line.contains("level=error"))
        .toList();
  }

  /** Makes each change at its time and looks where the next connection goes. */
  private static List<Long> change(GatehouseClient client, Host host) throws Exception {
    List<Long> seen = new ArrayList<>();
    AtomicInteger number = new AtomicInteger();
    CompletableFuture<Void> done = new CompletableFuture<>();
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      clock.scheduleAtFixedRate(
          () -> {
            try {
              int now = number.getAndIncrement();
              seen.add(changeOnce(client, host, now));
              if (now + 1 == CHANGES) {
                done.complete(null);
                clock.shutdown();
              }
            } catch (Exception | AssertionError e) {
              done.completeExceptionally(e);
              clock.shutdown();
            }
          },
          0,
          TimeUnit.SECONDS.toMicros(1) / CHANGES_PER_SECOND,
          TimeUnit.MICROSECONDS);
      done.get();
    }
    return seen;
  }

  /**
   * Moves a route to the other backend, and adds or removes one that is nobody's.
   *
   * @return how long after that the first connection began that went there
   */
  private static long changeOnce(GatehouseClient client, Host host, int number) throws Exception {
    String neighbour = "n%d.example".formatted(number / 2 % NEIGHBOURS);
    if (number % 2 == 0) {
      client.proxy().addRoute("", Route.l4(neighbour, "10.0.0.1:443"));
      client.proxy().addRoute("", Route.l4("moving.example", "127.0.0.1:8011"));
    } else {
      client.proxy().removeRoute("", neighbour);
      client.proxy().addRoute("", Route.l4("moving.example", "127.0.0.1:8012"));
    }
    Ticker ticker = Ticker.system();
    long acknowledged = ticker.nanos();
    char wanted = number % 2 == 0 ? '1' : '2';
    long begun = ticker.nanos();
    while (asked(host) != wanted) {
      begun = ticker.nanos();
      assertThat(begun - acknowledged).isLessThan(IN_FORCE.toNanos());
    }
    return begun - acknowledged;
  }

  private static char asked(Host host) throws Exception {
    try (Client client = host.connect("127.0.0.1")) {
      return (char) client.send(HelloBytes.named("moving.example")).read(1)[0];
    }
  }

  private static BackendServer lettered(Host host, int port, char letter) throws Exception {
    return BackendServer.start(
        host.inside(), port, (server, connection) -> BackendServer.answer(connection, letter));
  }

  private static void report(List<Long> seen, long bytes) {
    List<Long> sorted = seen.stream().sorted().toList();
    System.out.printf(
        "%d changes under %d transfers (%d MiB): in force after %d us (median), %d us (p99), %d us"
            + " (most)%n",
        sorted.size(),
        TRANSFERS,
        bytes >> 20,
        micros(sorted, 0.5),
        micros(sorted, 0.99),
        micros(sorted, 1));
  }

  private static long micros(List<Long> sorted, double quantile) {
    int place = Math.min(sorted.size() - 1, (int) (sorted.size() * quantile));
    return TimeUnit.NANOSECONDS.toMicros(sorted.get(place));
  }
}
