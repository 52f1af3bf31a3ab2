package dev.gatehouse.bench.contest;

/** A proxy that is measured: what it is called, where it listens, and which process it is. */
public record Contender(String name, int port, ProcessTree process) {

  /** From {@code NAME:PORT:PID}. */
  public static Contender parse(String argument) {
    String[] parts = argument.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(argument + " (expected: NAME:PORT:PID)");
    }
    return new Contender(
        parts[0], Integer.parseInt(parts[1]), new ProcessTree(Long.parseLong(parts[2])));
  }

  public boolean isPeer() {
    return !name.startsWith("gatehouse");
  }
}
