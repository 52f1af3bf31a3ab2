package dev.gatehouse.proxy.store;

import dev.gatehouse.proxy.store.StoreException.Kind;
import dev.gatehouse.proxy.store.migration.MigrationLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The numbered steps in which a database got its tables; the files are never edited. */
final class Migrations {

  /** The number of the newest step. */
  static final int LATEST = 7;

  private static final String FOLDER = "classpath:dev/gatehouse/proxy/store/migration";
  private static final String HISTORY = "flyway_schema_history";
  private static final int MAX_QUOTED = 200;

  private Migrations() {}

  /** The number of the last step of a database; 0 for one without tables. */
  static int version(Database database) throws StoreException {
    checkSound(database);
    long tables =
        database.number(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    if (tables == 0) {
      return 0;
    }
    if (database.number("SELECT count(*) FROM sqlite_schema WHERE name = ?", HISTORY) == 0) {
      throw new StoreException(
          Kind.CORRUPT,
          database.file()
              + ": tables of another program (expected: those of Gatehouse); move that file away");
    }
    return checkKnown(
        database,
        database.number("SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + HISTORY));
  }

  /** A start reads all rows anyway; this reads all pages once, some 0.1 s for the most rules. */
  private static void checkSound(Database database) throws StoreException {
    String found = database.text("PRAGMA quick_check(1)");
    if (!found.equals("ok")) {
      throw new StoreException(
          Kind.CORRUPT,
          "%s: damaged (%s); put a snapshot in its place"
              .formatted(
                  database.file(), found.substring(0, Math.min(MAX_QUOTED, found.length()))));
    }
  }

  private static int checkKnown(Database database, long version) throws StoreException {
    if (version > LATEST) {
      throw new StoreException(
          Kind.NEWER,
          "%s: version %d (expected: at most %d); run the newer program that wrote it"
              .formatted(database.file(), version, LATEST));
    }
    return Math.toIntExact(version);
  }

  /**
   * Foreign keys are checked where they are on, and by default the sqlite3 command has them off.
   */
  static void checkReferences(Database database) throws StoreException {
    List<String> orphans =
        database.list(
            "",
            "PRAGMA foreign_key_check",
            cells ->
                "%s row %s belongs to no row of %s"
                    .formatted(cells.text("table"), cells.text("rowid"), cells.text("parent")));
    if (!orphans.isEmpty()) {
      throw new StoreException(
          Kind.CORRUPT,
          "%s: %s; delete that row with sqlite3".formatted(database.file(), orphans.getFirst()));
    }
  }

  /** Takes the steps behind that version; where there are none, Flyway's start is spared. */
  static void run(DataSource source, Path file, int version) throws StoreException {
    if (version == LATEST) {
      return;
    }
    try {
      flyway(source).load().migrate();
    } catch (FlywayException e) {
      throw e.getCause() instanceof SQLException cause
          ? StoreException.of(file, cause)
          : new StoreException(
              Kind.FAILED,
              "%s: not brought from version %d to %d (%s)"
                  .formatted(file, version, LATEST, e.getMessage()),
              e);
    }
  }

  static FluentConfiguration flyway(DataSource source) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .loggers(MigrationLog.class.getName())
        .dataSource(source)
        .locations(FOLDER)
        .failOnMissingLocations(true)
        .placeholderReplacement(false);
  }
}
