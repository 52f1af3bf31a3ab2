package dev.gatehouse.kernel.address;

/** An address and a port, 0 for one that the kernel chooses. */
public record Endpoint(IpAddress address, int port) {

  static final int MAX_PORT = 65535;

  public Endpoint {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0-" + MAX_PORT + ")");
    }
  }

  /** {@code 127.0.0.1:9090} or {@code [::1]:9090}. */
  @Override
  public String toString() {
    return switch (address.family()) {
      case IPV4 -> address + ":" + port;
      case IPV6 -> "[" + address + "]:" + port;
    };
  }
}
