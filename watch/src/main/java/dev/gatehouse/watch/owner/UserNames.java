package dev.gatehouse.watch.owner;

import dev.gatehouse.watch.unit.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** Names of users by {@code /etc/passwd} alone: a name service could block a scan. */
public final class UserNames implements LongFunction<String> {

  private static final FileTime NEVER = FileTime.fromMillis(Long.MIN_VALUE);
  private static final int MAX_NAME = 64;
  private static final long MAX_BYTES = 16L << 20;

  private final Path passwd;
  private FileTime readAt = NEVER;
  private Map<Long, String> names = Map.of();

  /** Names by the given file, read again when it was changed. */
  public UserNames(Path passwd) {
    this.passwd = passwd;
  }

  /** Looks whether the file was changed; once per scan. */
  public void refresh() {
    try {
      FileTime changed = Files.getLastModifiedTime(passwd);
      if (!changed.equals(readAt) && Files.size(passwd) <= MAX_BYTES) {
        names = parse(Files.readString(passwd, StandardCharsets.ISO_8859_1));
        readAt = changed;
      }
    } catch (IOException _) {
      names = Map.of();
      readAt = NEVER;
    }
  }

  /** The name, or empty if the file does not have the number. */
  @Override
  public String apply(long uid) {
    return names.getOrDefault(uid, "");
  }

  private static Map<Long, String> parse(String text) {
    Map<Long, String> names = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && fields[2].matches("[0-9]{1,10}")) {
        names.putIfAbsent(Long.parseLong(fields[2]), Printable.of(fields[0], MAX_NAME));
      }
    }
    return names;
  }
}
