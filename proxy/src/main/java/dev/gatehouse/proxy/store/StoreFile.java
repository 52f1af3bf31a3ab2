package dev.gatehouse.proxy.store;

import com.sun.security.auth.module.UnixSystem;
import dev.gatehouse.proxy.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The file of the database, and who may do what with it.
 *
 * @param user the number of the user to whom it must belong
 * @param writable whether this process may write a file or folder
 */
record StoreFile(Path path, long user, Predicate<Path> writable) {

  private static final String OWNER_ALONE = "rw-------";
  private static final Set<PosixFilePermission> PERMISSIONS =
      PosixFilePermissions.fromString(OWNER_ALONE);

  /** What a file of ours is created with, whatever the umask: 0600. */
  static final FileAttribute<Set<PosixFilePermission>> NEW =
      PosixFilePermissions.asFileAttribute(PERMISSIONS);

  static StoreFile of(Path path) {
    return new StoreFile(path.toAbsolutePath(), new UnixSystem().getUid(), Files::isWritable);
  }

  /** Creates the file if there is none, and refuses one that is not for us alone. */
  void prepare() throws StoreException {
    try {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createFile(path, NEW);
      }
      check(Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw new StoreException(
          Kind.FAILED, path + ": " + e + " (expected: a file, or a folder for it)", e);
    }
    checkWritable();
  }

  /** Whether nothing has ever been written into it. */
  boolean isEmpty() {
    return path.toFile().length() == 0;
  }

  /**
   * How to look at the database without a trace in the file or beside it.
   *
   * <p>Even a reader of a WAL database leaves files beside it, except where it is told that nobody
   * else is there. Where somebody died while writing without WAL, nobody can read before that is
   * undone.
   */
  String readMode() {
    if (isBeside("-journal")) {
      return "mode=rw";
    }
    return isBeside("-wal") || isBeside("-shm") ? "mode=ro" : "mode=ro&immutable=1";
  }

  private boolean isBeside(String end) {
    return Files.exists(path.resolveSibling(path.getFileName() + end));
  }

  private void check(PosixFileAttributes attributes) throws IOException, StoreException {
    if (!attributes.isRegularFile()) {
      throw refused(Kind.NOT_A_FILE, "no regular file", "one; move away what is there");
    }
    long owner =
        ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
    if (owner != user) {
      throw refused(
          Kind.OWNER,
          "belongs to user " + owner,
          user + ", who runs this process; change its owner, or run as that user");
    }
    if (!PERMISSIONS.containsAll(attributes.permissions())) {
      throw refused(
          Kind.MODE,
          "mode " + PosixFilePermissions.toString(attributes.permissions()),
          OWNER_ALONE + "; change it with chmod 0600");
    }
    if (!attributes.permissions().containsAll(PERMISSIONS)) {
      throw readOnly(path);
    }
  }

  /** The folder too: SQLite keeps what is not in the database yet in a file beside it. */
  private void checkWritable() throws StoreException {
    for (Path needed : Stream.of(path, path.getParent()).toList()) {
      if (!writable.test(needed)) {
        throw readOnly(needed);
      }
    }
  }

  private StoreException readOnly(Path what) {
    return new StoreException(
        Kind.READ_ONLY,
        what
            + ": read-only (expected: writable, as the database is); change its mode or its mount");
  }

  private StoreException refused(Kind kind, String given, String expected) {
    return new StoreException(kind, path + ": " + given + " (expected: " + expected + ")");
  }
}
