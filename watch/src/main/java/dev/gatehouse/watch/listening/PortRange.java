package dev.gatehouse.watch.listening;

/** A range of ports, both ends included; empty if the last is below the first. */
public record PortRange(int first, int last) {

  /** What the kernel uses unless told otherwise, {@code net.ipv4.ip_local_port_range}. */
  public static final PortRange KERNEL_DEFAULT = new PortRange(32768, 60999);

  /** Whether the port lies inside. */
  public boolean contains(int port) {
    return port >= first && port <= last;
  }

  /** Reads the two numbers of {@code ip_local_port_range}; anything else is the default. */
  public static PortRange parse(String text) {
    String[] ends = text.strip().split("\\s+", -1);
    if (ends.length != 2 || !isPort(ends[0]) || !isPort(ends[1])) {
      return KERNEL_DEFAULT;
    }
    return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535;
  }
}
