package dev.gatehouse.control.ops.view;

import dev.gatehouse.control.ServerView;
import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the daemon lives, whether it may be sent work, and what it is. */
public final class HealthPages {

  private final ServerView server;

  public HealthPages(ServerView server) {
    this.server = server;
  }

  /** That it answers at all, and the state of each service. */
  public Answer healthz() {
    String services =
        server.services().stream()
            .map(service -> Json.string(service.name()) + ":" + Json.string(label(service)))
            .collect(Collectors.joining(",", "{", "}"));
    String json =
        "{\"status\":\"ok\",\"version\":%s,\"uptime_seconds\":%d,\"services\":%s}"
            .formatted(Json.string(server.version()), server.uptime().toSeconds(), services);
    return Answer.json(200, json);
  }

  /** Whether every service that is on serves, and else what is waited for. */
  public Answer readyz() {
    List<String> waitingFor = server.services().stream().flatMap(HealthPages::waitingFor).toList();
    return waitingFor.isEmpty()
        ? Answer.json(200, "{\"ready\":true}")
        : Answer.json(503, "{\"ready\":false,\"waiting_for\":" + Json.array(waitingFor) + "}");
  }

  /** What runs here. */
  public Answer status() {
    return Answer.json(
        200,
        "{\"status\":\"ok\",\"app\":\"gatehouse\",\"version\":"
            + Json.string(server.version())
            + "}");
  }

  private static Stream<String> waitingFor(ServerView.Service service) {
    if (service.state() == ServiceState.OFF) {
      return Stream.empty();
    }
    boolean unexplained = service.state() != ServiceState.SERVING && service.waitingFor().isEmpty();
    List<String> reasons = unexplained ? List.of(label(service)) : service.waitingFor();
    return reasons.stream().map(reason -> service.name() + ": " + reason);
  }

  private static String label(ServerView.Service service) {
    return service.state().label();
  }
}
