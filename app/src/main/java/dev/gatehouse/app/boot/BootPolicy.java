package dev.gatehouse.app.boot;

import java.util.List;

/**
 * What the operator asks of the process itself.
 *
 * @param allowedCapabilities names of capabilities(7), with or without {@code CAP_}
 * @param controlPath the path of the control socket
 */
public record BootPolicy(
    boolean production,
    CapabilityMode capabilityMode,
    List<String> allowedCapabilities,
    String controlPath) {

  /** What surplus capabilities lead to. */
  public enum CapabilityMode {
    /** Refused in production, else a warning. */
    AUTO,
    REFUSE,
    /** A warning, though never in production. */
    WARN
  }

  public BootPolicy {
    allowedCapabilities = List.copyOf(allowedCapabilities);
  }

  boolean refusesCapabilities() {
    return production || capabilityMode == CapabilityMode.REFUSE;
  }
}
