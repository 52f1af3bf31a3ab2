package dev.gatehouse.proxy.store;

import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.ruleset.Difference;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.ruleset.RulesetChange;
import dev.gatehouse.proxy.ruleset.RulesetEditor.RouteKey;
import dev.gatehouse.proxy.store.Database.Row;
import dev.gatehouse.proxy.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ruleset in a database: what {@link #write} has returned from is there after a power cut.
 *
 * <p>For one thread at a time. A call that throws has changed nothing, and the next one may
 * succeed.
 */
public final class Store implements AutoCloseable {

  /** How long we wait for another process that has the database locked. */
  static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

  private final Database database;
  private final StoreMeta meta;
  private final ListenerRows listeners;
  private final RouteRows routes;
  private final ChangeWriter writer;

  Store(Database database) {
    this.database = database;
    meta = new StoreMeta(database);
    listeners = new ListenerRows(database);
    routes = new RouteRows(database);
    writer = new ChangeWriter(database);
  }

  /**
   * Opens the database in a file, which is created if there is none, and brings its tables to the
   * present version.
   *
   * @throws StoreException if the file is not sound, not ours alone, or newer than this program; it
   *     is as it was then
   */
  public static Store open(Path file) throws StoreException {
    return new Store(Database.open(StoreFile.of(file), BUSY_TIMEOUT));
  }

  /** Opens a database of its own that is in no file, and gone when it is closed. */
  public static Store inMemory() throws StoreException {
    return new Store(Database.inMemory(BUSY_TIMEOUT));
  }

  /** Whether it waits for its first rules: one that operators have emptied does not. */
  public boolean isEmpty() throws StoreException {
    return meta.isEmpty();
  }

  /** Fills an empty store, once and for all. */
  public void seed(Ruleset ruleset, Instant now) throws StoreException {
    database.writing(
        () -> {
          if (!meta.isEmpty()) {
            throw new StoreException(
                Kind.EXISTS,
                database.file() + ": has rules already (expected: an empty store); apply the file");
          }
          writeAll(Difference.between(Ruleset.EMPTY, ruleset));
          meta.seeded(ruleset, now);
          return ruleset;
        });
  }

  /** Makes all changes, in their order, or none. */
  public void write(List<RulesetChange> changes) throws StoreException {
    database.writing(() -> writeAll(changes));
  }

  private int writeAll(List<RulesetChange> changes) throws StoreException {
    for (RulesetChange change : changes) {
      writer.write(change);
    }
    return changes.size();
  }

  /** All that is there. */
  public Ruleset read() throws StoreException {
    return database.reading(
        () -> {
          Map<Long, List<L7Policy>> policies = new L7PolicyRows(database).listByRoute();
          List<ListenerConfig> all = new ArrayList<>();
          for (Row<ListenerConfig> listener : listeners.listListeners()) {
            all.add(listener.value().withRoutes(routes(listener.id(), policies)));
          }
          return new Ruleset(all, new FirewallRows(database).listFirewallRules());
        });
  }

  private List<Route> routes(long listenerId, Map<Long, List<L7Policy>> policies)
      throws StoreException {
    return routes.listRoutes(listenerId).stream()
        .map(row -> row.value().withPolicies(policies.getOrDefault(row.id(), List.of())))
        .toList();
  }

  /** The numbers of the routes; none is ever given twice. */
  public Map<RouteKey, Long> routeIds() throws StoreException {
    Map<RouteKey, Long> ids = new HashMap<>();
    database
        .list(
            "routes",
            "SELECT routes.id, addr, hostname FROM routes JOIN listeners"
                + " ON listeners.id = listener_id",
            cells ->
                new Row<>(
                    cells.id(),
                    new RouteKey(
                        cells.parsed("addr", ListenAddress.EXPECTED, ListenAddress::parse),
                        cells.parsed("hostname", RouteName.EXPECTED, RouteName::parse))))
        .forEach(row -> ids.put(row.value(), row.id()));
    return ids;
  }

  /**
   * Copies the database as it is now into a new file that only its owner can read; its size in
   * bytes.
   */
  public long snapshot(Path target) throws StoreException {
    Path file = target.toAbsolutePath();
    try {
      Files.createFile(file, StoreFile.NEW);
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(
          Kind.EXISTS, file + ": is there already (expected: a new file); name another", e);
    } catch (IOException e) {
      throw failed(file, e);
    }
    return copy(file);
  }

  private long copy(Path file) throws StoreException {
    try {
      database.update("VACUUM INTO ?", file.toString());
      synchronise(file);
      synchronise(file.resolveSibling("."));
      return Files.size(file);
    } catch (IOException e) {
      discard(file, e);
      throw failed(file, e);
    } catch (StoreException e) {
      discard(file, e);
      throw new StoreException(e.kind(), file + ": no snapshot; " + e.getMessage(), e);
    }
  }

  /** Half a snapshot must not be taken for one. */
  private static void discard(Path file, Exception failure) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** A file, or a folder with the names in it. */
  private static void synchronise(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static StoreException failed(Path file, IOException cause) {
    return new StoreException(
        Kind.FAILED, file + ": no snapshot (" + cause + "); name a file in another folder", cause);
  }

  /** Leaves one file with everything in it. */
  @Override
  public void close() throws StoreException {
    if (!database.isClosed()) {
      try (database) {
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
    }
  }
}
