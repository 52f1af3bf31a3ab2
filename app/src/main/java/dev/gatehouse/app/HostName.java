package dev.gatehouse.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this host, as its kernel has it. */
final class HostName {

  private HostName() {}

  /** Read, never looked up: a resolver may be slow, or lie. */
  static String current() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }
  }
}
