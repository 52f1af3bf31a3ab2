package dev.gatehouse.app.boot;

import java.util.Locale;

/** The checks of a start, in the order in which their failures are reported. */
public enum BootCheck {
  USAGE(2),
  MODE(2),
  EXCLUSIVE(2),
  LIMITS(2),
  ENV(2),
  SINGLE_INSTANCE(2),
  INSECURE_IN_PRODUCTION(2),
  ROOT_IN_PRODUCTION(2),
  CAPABILITIES(2),
  DEBUG_AGENT(2),
  OPS_ADDRESS(2),
  LISTENER_ADDRESS(2),
  LISTENER_PORTS(2),
  STORE(2),
  FIREWALL(2),
  CERTIFICATE(2),
  CONTROL_SOCKET(2),
  CERT_CACHE(1),
  BIND(1),
  READ_BACK(2);

  private final int exitCode;

  BootCheck(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The word for this check in logs and metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the process ends with when this check refuses: 2 for a wrong set-up, 1 for the world. */
  public int exitCode() {
    return exitCode;
  }
}
