package dev.gatehouse.app.edge;

import dev.gatehouse.proxy.ruleset.Difference;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.store.Store;
import dev.gatehouse.proxy.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The open database and what it says at a start.
 *
 * @param inForce what counts
 * @param inFile what the configuration would have
 */
public record EdgeStore(Store store, Ruleset inForce, Ruleset inFile) implements AutoCloseable {

  /** The name of the database in the state folder. */
  public static final String FILE = "gatehouse.db";

  /**
   * Opens the database of the state folder and lets the file seed it if nobody did before.
   *
   * <p>One that still holds what is built in was seeded by a start without a file, and takes the
   * first file that comes: who tries the daemon and then writes a file means the file.
   */
  public static EdgeStore open(Path state, Ruleset inFile, Ruleset builtIn, Instant now)
      throws StoreException {
    Store store = Store.open(state.resolve(FILE));
    try {
      return new EdgeStore(store, settled(store, inFile, builtIn, now), inFile);
    } catch (StoreException | RuntimeException e) {
      close(store, e);
      throw e;
    }
  }

  /**
   * One that follows what it was made from and leaves nothing behind, for a daemon without a state.
   */
  public static EdgeStore inMemory(Ruleset inFile, Instant now) throws StoreException {
    Store store = Store.inMemory();
    try {
      store.seed(inFile, now);
      return new EdgeStore(store, inFile, inFile);
    } catch (StoreException | RuntimeException e) {
      close(store, e);
      throw e;
    }
  }

  /** Gives the database back without having used it. */
  @Override
  public void close() throws StoreException {
    store.close();
  }

  private static void close(Store store, Exception failure) {
    try {
      store.close();
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  private static Ruleset settled(Store store, Ruleset inFile, Ruleset builtIn, Instant now)
      throws StoreException {
    if (store.isEmpty()) {
      store.seed(inFile, now);
      return inFile;
    }
    Ruleset stored = store.read();
    if (!stored.equals(builtIn)) {
      return stored;
    }
    store.write(Difference.between(stored, inFile));
    return inFile;
  }
}
