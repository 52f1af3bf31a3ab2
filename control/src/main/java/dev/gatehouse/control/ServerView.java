package dev.gatehouse.control;

import dev.gatehouse.kernel.lifecycle.ServiceState;
import java.time.Duration;
import java.util.List;

/** What the ops plane and the control plane may know of the running daemon as a whole. */
public interface ServerView {

  /**
   * One service of the daemon.
   *
   * @param name as in the configuration: {@code watch}, {@code ops}, {@code relay} …
   * @param waitingFor what keeps it from being ready, in words; empty when it is
   */
  record Service(String name, ServiceState state, List<String> waitingFor) {}

  /**
   * One socket on which the daemon listens.
   *
   * @param protocol {@code tcp}, {@code udp} or {@code unix}
   * @param address as bound: {@code 127.0.0.1:9090}, {@code [::]:443}, or a path
   */
  record Listening(String service, String protocol, String address) {}

  String version();

  Duration uptime();

  List<Service> services();

  List<Listening> listeners();
}
