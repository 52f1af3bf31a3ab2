package dev.gatehouse.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.proxy.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of the store have in common. */
final class Stores {

  static final Duration IMPATIENT = Duration.ofMillis(20);

  private Stores() {}

  /** Waits for nobody. */
  static Database database(Path file) throws StoreException {
    return Database.open(StoreFile.of(file), IMPATIENT);
  }

  /** Somebody else's connection to the file. */
  static Connection stranger(Path file) throws SQLException {
    return Database.source(file, "mode=rwc", IMPATIENT).getConnection();
  }

  /** What somebody does to the file without asking us, as the sqlite3 command would. */
  static void meddle(Path file, String... statements) throws SQLException {
    try (Connection connection = stranger(file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF");
      statement.execute("PRAGMA ignore_check_constraints = ON");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The words of a refusal. */
  static String refused(Kind kind, ThrowingCallable call) {
    StoreException refusal = catchThrowableOfType(StoreException.class, call);
    assertThat(refusal).as("refused").isNotNull();
    assertThat(refusal.kind()).as(refusal.getMessage()).isEqualTo(kind);
    return String.valueOf(refusal.getMessage());
  }
}
