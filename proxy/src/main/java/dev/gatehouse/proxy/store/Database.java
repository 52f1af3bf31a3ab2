package dev.gatehouse.proxy.store;

import dev.gatehouse.proxy.store.StoreException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A connection to the file that keeps its statements prepared; its failures are for operators.
 *
 * <p>For one thread at a time. Transactions are begun in SQL: the driver's own commit begins the
 * next one at once, and would report its failure as that of the one that was committed.
 */
final class Database implements AutoCloseable {

  private static final String WAL = "wal";

  /** After a large change, the log gives its room back. */
  private static final String JOURNAL_SIZE_LIMIT = "PRAGMA journal_size_limit = 16777216";

  private final Path file;
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  /** A value, and the number of its row. */
  record Row<T>(long id, T value) {}

  /** Makes a value of a row. */
  interface RowReader<T> {
    T read(Cells cells) throws SQLException, StoreException;
  }

  /** What is done within one transaction. */
  interface Work<T> {
    T run() throws StoreException;
  }

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** The database in a file, created or brought to the present version where it is not there. */
  static Database open(StoreFile file, Duration busyTimeout) throws StoreException {
    file.prepare();
    int version = file.isEmpty() ? 0 : inspect(file, busyTimeout);
    SQLiteDataSource source = source(file.path(), "mode=rw", busyTimeout);
    Database database = connect(file.path(), source);
    try {
      database.configure();
      Migrations.run(source, file.path(), version);
      Migrations.checkReferences(database);
      return database;
    } catch (StoreException | RuntimeException e) {
      closeAfter(database, e);
      throw e;
    }
  }

  /** A database in no file, which lives as long as this one connection to it. */
  static Database inMemory(Duration busyTimeout) throws StoreException {
    Path name = Path.of("memory-" + UUID.randomUUID());
    SQLiteDataSource source = source(busyTimeout);
    // a name, so that the migrations find it on a connection of their own
    source.setUrl("jdbc:sqlite:file:" + name + "?mode=memory&cache=shared");
    Database database = connect(name, source);
    try {
      Migrations.run(source, name, 0);
      return database;
    } catch (StoreException | RuntimeException e) {
      closeAfter(database, e);
      throw e;
    }
  }

  private static int inspect(StoreFile file, Duration busyTimeout) throws StoreException {
    SQLiteDataSource source = source(file.path(), file.readMode(), busyTimeout);
    try (Database untouched = connect(file.path(), source)) {
      return Migrations.version(untouched);
    }
  }

  static SQLiteDataSource source(Path file, String mode, Duration busyTimeout) {
    SQLiteDataSource source = source(busyTimeout);
    source.setUrl("jdbc:sqlite:" + file.toUri() + '?' + mode);
    return source;
  }

  private static SQLiteDataSource source(Duration busyTimeout) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    config.enforceForeignKeys(true);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    // a query of its own behind each insert, left open, so that nothing could be vacuumed
    config.setGetGeneratedKeys(false);
    return new SQLiteDataSource(config);
  }

  private static Database connect(Path file, SQLiteDataSource source) throws StoreException {
    try {
      return new Database(file, source.getConnection());
    } catch (SQLException e) {
      throw StoreException.of(file, e);
    }
  }

  private void configure() throws StoreException {
    // names in a tampered schema could call functions
    execute("PRAGMA trusted_schema = OFF");
    execute("PRAGMA cell_size_check = ON");
    execute(JOURNAL_SIZE_LIMIT);
    String mode = text("PRAGMA journal_mode = WAL");
    if (!mode.equals(WAL)) {
      throw new StoreException(
          Kind.FAILED,
          "%s: journal mode %s (expected: %s); move it to a local file system"
              .formatted(file, mode, WAL));
    }
  }

  Path file() {
    return file;
  }

  /** Runs one statement that gives nothing back. */
  void execute(String sql) throws StoreException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw StoreException.of(file, e);
    }
  }

  /** Runs a statement; how many rows it has changed. */
  int update(String sql, @Nullable Object... arguments) throws StoreException {
    try {
      return bound(sql, arguments).executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Adds a row; its number. */
  long insert(String sql, @Nullable Object... arguments) throws StoreException {
    update(sql, arguments);
    return number("SELECT last_insert_rowid()");
  }

  /** The rows that a query finds, as values. */
  <T> List<T> list(String table, String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws StoreException {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      Cells cells = new Cells(file, table, rows);
      List<T> values = new ArrayList<>();
      while (rows.next()) {
        values.add(reader.read(cells));
      }
      return values;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** The one number that a query finds. */
  long number(String sql, @Nullable Object... arguments) throws StoreException {
    return list("", sql, cells -> cells.row().getLong(1), arguments).getFirst();
  }

  /** The first text that a query finds. */
  String text(String sql, @Nullable Object... arguments) throws StoreException {
    return list("", sql, cells -> cells.row().getString(1), arguments).getFirst();
  }

  /** What is read within belongs together. */
  <T> T reading(Work<T> work) throws StoreException {
    return transaction("BEGIN", work);
  }

  /** What is changed within is changed as a whole, or not at all. */
  <T> T writing(Work<T> work) throws StoreException {
    return transaction("BEGIN IMMEDIATE", work);
  }

  private <T> T transaction(String begin, Work<T> work) throws StoreException {
    execute(begin);
    try {
      T result = work.run();
      execute("COMMIT");
      return result;
    } catch (StoreException | RuntimeException e) {
      rollBackAfter(e);
      throw e;
    }
  }

  /** Where there was no room, SQLite has done it already and refuses to do it again. */
  private void rollBackAfter(Exception failure) {
    try {
      execute("ROLLBACK");
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  /** The driver closes a statement that has failed, so the next one is another. */
  private StoreException failed(String sql, SQLException cause) {
    prepared.remove(sql);
    return StoreException.of(file, cause);
  }

  boolean isClosed() throws StoreException {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw StoreException.of(file, e);
    }
  }

  @Override
  public void close() throws StoreException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw StoreException.of(file, e);
    }
  }

  private static void closeAfter(Database database, Exception failure) {
    try {
      database.close();
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }
}
