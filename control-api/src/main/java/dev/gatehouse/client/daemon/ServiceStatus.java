package dev.gatehouse.client.daemon;

import java.util.List;

/**
 * One service of the daemon.
 *
 * @param name as its section of the configuration is called
 * @param waitingFor what keeps it from serving, in words
 */
public record ServiceStatus(String name, State state, List<String> waitingFor) {

  /** Where a service is in its life. */
  public enum State {
    OFF,
    STARTING,
    SERVING,
    /** Takes no new work and lets the running work end. */
    DRAINING,
    FAILED,
    /** One that this program does not know. */
    UNKNOWN
  }

  public ServiceStatus {
    waitingFor = List.copyOf(waitingFor);
  }
}
