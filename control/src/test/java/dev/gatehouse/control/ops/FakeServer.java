package dev.gatehouse.control.ops;

import dev.gatehouse.control.ServerView;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A daemon with the services that a test gives it. */
public record FakeServer(List<Service> services) implements ServerView {

  /** One service that serves. */
  public static final FakeServer SERVING =
      new FakeServer(List.of(new Service("watch", ServiceState.SERVING, List.of())));

  @Override
  public String version() {
    return "1.2.3";
  }

  @Override
  public Duration uptime() {
    return Duration.ofSeconds(61);
  }

  @Override
  public List<Listening> listeners() {
    return List.of(new Listening("ops", "tcp", "127.0.0.1:9090"));
  }

  @Override
  public Condition condition() {
    return new Condition(Instant.EPOCH, 0, false, Optional.empty(), Optional.empty(), List.of());
  }
}
