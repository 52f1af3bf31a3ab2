package dev.gatehouse.app.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this host, as its kernel has it. */
public final class HostName {

  private HostName() {}

  /** Read, never looked up: a resolver may be slow, or lie. */
  public static String current() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }
  }
}
