package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is not as it should be refuses the start and is left as it is. */
class DatabaseTest {

  private static final String CONFIGURATION =
      """
      [ops]
      [proxy]
      [[proxy.listeners]]
      addr = "127.0.0.1:8443"
      routes = [ { hostname = "git.example.org", backend = "10.0.0.5:443" } ]
      """;

  @TempDir private Path folder;
  private Namespace host;

  @BeforeEach
  void seedADatabase() {
    host = Namespace.create(folder);
    try (Daemon daemon = Daemon.start(host, folder, CONFIGURATION)) {
      assertThat(daemon.stop().code()).isZero();
    }
  }

  @AfterEach
  void endHost() {
    host.close();
  }

  @Test
  void theFileSeedsAnEmptyDatabaseAndIsOverruledByItAfterwards() {
    String other = CONFIGURATION.replace("git.example.org", "www.example.org");
    try (Daemon daemon = Daemon.start(host, folder, other)) {
      assertThat(daemon.command("routes", "list").output())
          .contains("git.example.org")
          .doesNotContain("www.example.org");
      assertThat(daemon.log())
          .contains(
              "msg=config_drift count=2 changes=\"route 127.0.0.1:8443 git.example.org,"
                  + " route 127.0.0.1:8443 www.example.org\"");
      assertThat(daemon.metric("gatehouse_config_drift{kind=\"route\"}")).isEqualTo(2);
    }
  }

  @Test
  void aDatabaseThatWasEmptiedStaysEmpty() {
    try (Daemon daemon = Daemon.start(host, folder, CONFIGURATION)) {
      assertThat(daemon.command("routes", "remove", "git.example.org").code()).isZero();
      assertThat(daemon.stop().code()).isZero();
    }
    try (Daemon daemon = Daemon.start(host, folder, CONFIGURATION)) {
      assertThat(daemon.command("routes", "list", "--json").output()).contains("\"routes\":[]");
    }
  }

  @Test
  void onlyTheDaemonsUserMayReadIt() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database())))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(database(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(refused()).contains("check=store").contains("0600");
  }

  @Test
  void oneOfTheFutureIsNotTouched() throws Exception {
    execute(
        """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
           execution_time, success)
        VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'somebody', 1, 1)
        """);
    byte[] before = Files.readAllBytes(database());
    assertThat(refused()).contains("check=store").contains("99");
    assertThat(Files.readAllBytes(database())).isEqualTo(before);
    assertThat(folder.resolve("gatehouse-data")).isDirectoryNotContaining("glob:**-{wal,shm}");
  }

  @Test
  void garbageIsCalledGarbage() throws IOException {
    Files.writeString(
        database(), "not a database, but long enough to be taken for one. ".repeat(99));
    String before = Files.readString(database());
    assertThat(refused()).contains("check=store").contains("no sound SQLite database");
    assertThat(Files.readString(database())).isEqualTo(before);
  }

  @Test
  void oneThatSomebodyHoldsIsSaidToBeHeld() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      assertThat(refused()).contains("check=store").contains("held by another process");
      statement.execute("ROLLBACK");
    }
  }

  private String refused() {
    Program.Ended ended = Daemon.refused(host, folder, CONFIGURATION);
    assertThat(ended.code()).as(ended.errors()).isEqualTo(2);
    return ended.errors();
  }

  private Path database() {
    return folder.resolve("gatehouse-data/gatehouse.db");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
