package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A daemon that is killed at any moment comes back with all that it had acknowledged and with
 * nothing by halves.
 */
class CrashTest {

  private static final int ROUNDS = 50;
  private static final int OPERATORS = 10;
  private static final int EDITS_EACH = 100;
  private static final long SEED = 20_260_101;
  private static final long PATIENCE_SECONDS = 120;

  private static final String CONFIGURATION =
      """
      [ops]
      listen = ""
      [firewall]
      [proxy]
      [[proxy.listeners]]
      addr = "127.0.0.1:8443"
      """;

  @TempDir private Path folder;
  private Namespace host;

  @BeforeEach
  void makeHost() {
    host = Namespace.create(folder);
  }

  @AfterEach
  void endHost() {
    host.close();
  }

  @Test
  void whatWasAcknowledgedOutlivesAKill() throws Exception {
    Random random = new Random(SEED);
    List<Operator> operators = new ArrayList<>();
    for (int i = 0; i < OPERATORS; i++) {
      operators.add(new Operator(i, random.nextLong()));
    }
    int acknowledged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (Daemon daemon = Daemon.start(host, folder, CONFIGURATION)) {
        check(operators);
        acknowledged += editUntilKilled(daemon, operators, random);
      }
    }
    try (Daemon daemon = Daemon.start(host, folder, CONFIGURATION)) {
      check(operators);
      assertThat(daemon.stop().code()).isZero();
    }
    System.out.printf("%d edits acknowledged in %d rounds, none lost%n", acknowledged, ROUNDS);
    assertThat(acknowledged).isGreaterThan(ROUNDS * OPERATORS);
  }

  /** Lets all operators edit at the same time and kills the daemon at one of their edits. */
  private int editUntilKilled(Daemon daemon, List<Operator> operators, Random random)
      throws Exception {
    AtomicInteger acknowledged = new AtomicInteger();
    CountDownLatch reached = new CountDownLatch(1 + random.nextInt(OPERATORS * EDITS_EACH));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        GatehouseClient client = client()) {
      List<Future<?>> working = new ArrayList<>();
      for (Operator operator : operators) {
        working.add(
            threads.submit(
                () ->
                    operator.edit(
                        client,
                        EDITS_EACH,
                        () -> {
                          acknowledged.incrementAndGet();
                          reached.countDown();
                        })));
      }
      assertThat(reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("edits are made").isTrue();
      daemon.kill();
      for (Future<?> one : working) {
        one.get();
      }
    }
    return acknowledged.get();
  }

  private void check(List<Operator> operators) throws Exception {
    try (GatehouseClient client = client()) {
      for (Operator operator : operators) {
        operator.check(client);
      }
      Path copy = folder.resolve("copy.db");
      assertThat(client.daemon().snapshot(copy)).isPositive();
      assertThat(integrity(copy)).containsExactly("ok");
      Files.delete(copy);
    }
  }

  private GatehouseClient client() throws ControlException {
    return GatehouseClient.open(folder.resolve("gatehouse-data/control.sock"));
  }

  private static List<String> integrity(Path database) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }
}
