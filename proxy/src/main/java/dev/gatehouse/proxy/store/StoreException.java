package dev.gatehouse.proxy.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A database that was not used as asked, and has not changed; the message says what is, what is
 * expected, what to do.
 */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Extended codes of SQLite have their primary code in the lowest byte. */
  private static final int PRIMARY = 0xff;

  /** What stands in the way. */
  public enum Kind {
    /** Another process holds the database for longer than we wait. */
    BUSY,
    /** The file or its folder cannot be written. */
    READ_ONLY,
    /** The file is no database, not ours, damaged, or holds a value that means nothing. */
    CORRUPT,
    /** A newer program has given the database other tables. */
    NEWER,
    /** The file belongs to another user. */
    OWNER,
    /** Others may read or write the file. */
    MODE,
    /** There is a folder, a link or a device in place of the file. */
    NOT_A_FILE,
    /** There is no room. */
    FULL,
    /** What is to be added is there. */
    EXISTS,
    /** What is to be changed is not there: the database is not as it was read. */
    MISSING,
    /** Something else; the message has the words of the system. */
    FAILED
  }

  private final Kind kind;

  StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What stands in the way. */
  public Kind kind() {
    return kind;
  }

  /** What SQLite said about a file, for operators. */
  static StoreException of(Path file, SQLException cause) {
    Kind kind = kind(cause);
    String words =
        switch (kind) {
          case BUSY -> "is held by another process (expected: this one alone); end that one";
          case READ_ONLY -> "cannot be written (expected: a writable file in a writable folder)";
          case CORRUPT -> "is no sound SQLite database; put a snapshot in its place";
          case FULL -> "has no room to grow; free some on its file system";
          case EXISTS -> "has such a row already; change that one";
          case NEWER, OWNER, MODE, NOT_A_FILE, MISSING, FAILED -> "could not be used";
        };
    return new StoreException(kind, file + " " + words + " (" + cause.getMessage() + ")", cause);
  }

  private static Kind kind(SQLException cause) {
    if (isDuplicate(cause)) {
      return Kind.EXISTS;
    }
    return switch (SQLiteErrorCode.getErrorCode(cause.getErrorCode() & PRIMARY)) {
      case SQLITE_BUSY, SQLITE_LOCKED -> Kind.BUSY;
      case SQLITE_READONLY -> Kind.READ_ONLY;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> Kind.CORRUPT;
      case SQLITE_FULL -> Kind.FULL;
      default -> Kind.FAILED;
    };
  }

  private static boolean isDuplicate(SQLException cause) {
    return cause instanceof SQLiteException sqlite
        && switch (sqlite.getResultCode()) {
          case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY -> true;
          default -> false;
        };
  }
}
