package dev.gatehouse.net.descriptor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files the kernel lets this process open; the JVM has raised it to what it may be. */
final class OpenFileLimit {

  /** The first number is the limit in force, the second how far it could be raised. */
  private static final Pattern LINE = Pattern.compile("(?m)^Max open files +([0-9]{1,18}) ");

  private OpenFileLimit() {}

  /** Empty if there is none, or nobody to ask. */
  static OptionalLong ofProcess() {
    try {
      return read(Files.readString(Path.of("/proc/self/limits")));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong read(String limits) {
    Matcher line = LINE.matcher(limits);
    return line.find() ? OptionalLong.of(Long.parseLong(line.group(1))) : OptionalLong.empty();
  }
}
