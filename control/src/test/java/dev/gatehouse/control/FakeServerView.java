package dev.gatehouse.control;

import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A daemon of three services, one of which waits. */
public final class FakeServerView implements ServerView {

  @Override
  public String version() {
    return "1.2.3";
  }

  @Override
  public Duration uptime() {
    return Duration.ofMillis(61_500);
  }

  @Override
  public List<Service> services() {
    return List.of(
        new Service("ops", ServiceState.SERVING, List.of()),
        new Service("watch", ServiceState.STARTING, List.of("the first scan")),
        new Service("relay", ServiceState.OFF, List.of()));
  }

  @Override
  public List<Listening> listeners() {
    return List.of(new Listening("ops", "tcp", "127.0.0.1:9090"));
  }

  @Override
  public Condition condition() {
    return new Condition(
        Instant.ofEpochSecond(1_000),
        3,
        true,
        Optional.of(Instant.ofEpochSecond(500)),
        Optional.of(new Expiry("www.example.org", Instant.ofEpochSecond(9_000))),
        List.of(new ConfigProblem("gatehouse.toml", 7, "proxy.idle", "proxy.idle: too long")));
  }
}
