package dev.gatehouse.tracker.udp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.config.value.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.random.RandomGenerator;

/** The key of connection ids where none is configured: made once, so that it survives a restart. */
final class KeyFile {

  private static final String NAME = "tracker.key";
  private static final int LENGTH = 32;
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private KeyFile() {}

  /** The key in a folder, made if there is none. */
  static Secret in(Path folder, RandomGenerator entropy) throws IOException {
    Path file = folder.resolve(NAME);
    try {
      return new Secret(check(file, Files.readString(file, US_ASCII).strip()));
    } catch (NoSuchFileException _) {
      return make(folder, entropy);
    }
  }

  private static String check(Path file, String key) throws IOException {
    if (key.isEmpty()) {
      throw new IOException(file + ": empty (expected: a key; remove the file to get another)");
    }
    return key;
  }

  private static Secret make(Path folder, RandomGenerator entropy) throws IOException {
    StringBuilder key = new StringBuilder();
    entropy.ints(LENGTH, 0, LETTERS.length()).forEach(i -> key.append(LETTERS.charAt(i)));
    Files.createDirectories(folder);
    Path fresh = folder.resolve(NAME + ".new");
    Files.deleteIfExists(fresh);
    // nobody else may read it at any time
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, key + "\n", US_ASCII, StandardOpenOption.WRITE);
    Files.move(fresh, folder.resolve(NAME));
    return new Secret(key.toString());
  }
}
