package dev.gatehouse.app.operation;

import dev.gatehouse.app.start.DrainDelay;
import dev.gatehouse.control.daemon.DaemonAdmin.Draining;
import dev.gatehouse.control.daemon.DaemonAdmin.Progress;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets connections finish: those of one service, after which the daemon goes on, or all, after
 * which it ends.
 */
public final class Drains {

  private static final Logger log = LoggerFactory.getLogger(Drains.class);

  private final List<DrainedService> services;
  private final BiConsumer<String, ServiceState> becomes;
  private final DrainDelay delay;
  private final Runnable end;
  private final Set<String> ending = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean daemonEnds = new AtomicBoolean();
  private final Drain all;

  /**
   * @param becomes is told how a service fares
   * @param delay before a service takes nobody any more; that of the daemon's own end comes there
   * @param end begins the end of the daemon, in which {@link #everything(Duration)} is called
   */
  public Drains(
      List<DrainedService> services,
      BiConsumer<String, ServiceState> becomes,
      DrainDelay delay,
      Runnable end) {
    this.services = List.copyOf(services);
    this.becomes = becomes;
    this.delay = delay;
    this.end = end;
    all = new Drain(this.services);
  }

  Draining service(String name, Duration timeout) throws EditRefusedException {
    List<DrainedService> asked =
        services.stream()
            .filter(service -> service.name().equals(name))
            .map(DrainedService::alone)
            .toList();
    if (asked.isEmpty()) {
      throw new EditRefusedException(
          Reason.NOT_FOUND, "service", name + " does not run; expected: " + running());
    }
    begin(ending.add(name), name + " drains already, or has; restart the daemon to have it back");
    Drain drain = new Drain(asked);
    Thread.ofVirtual().name("drain-" + name).start(() -> drain(name, drain, timeout));
    return drain::progress;
  }

  Draining everything(Optional<Duration> timeout, LiveSettings live) throws EditRefusedException {
    begin(daemonEnds.compareAndSet(false, true), "the daemon drains already; wait for its end");
    timeout.ifPresent(live::shutdownTimeout);
    end.run();
    return all::progress;
  }

  /** Lets the connections of all services finish, as a step of the daemon's own end. */
  public void everything(Duration timeout) throws InterruptedException {
    all.run(timeout);
  }

  private static void begin(boolean isFirst, String refusal) throws EditRefusedException {
    if (!isFirst) {
      throw new EditRefusedException(Reason.NOT_NOW, "", refusal);
    }
  }

  private void drain(String name, Drain drain, Duration timeout) {
    becomes.accept(name, ServiceState.DRAINING);
    log.atInfo().setMessage("drain_started").addKeyValue("service", name).log();
    try {
      delay.close();
      drain.run(timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    becomes.accept(name, ServiceState.OFF);
    log.atInfo().setMessage("drain_done").addKeyValue("forced", drain.forced).log();
  }

  private String running() {
    return services.isEmpty()
        ? "nothing, since no service with connections runs"
        : services.stream().map(DrainedService::name).collect(Collectors.joining(", "));
  }

  /** One drain and how far it has come. */
  private static final class Drain {

    private final List<DrainedService> services;
    private volatile @Nullable Integer forced;

    private Drain(List<DrainedService> services) {
      this.services = services;
    }

    /** All at the same time, since the time is one for all. */
    private void run(Duration timeout) throws InterruptedException {
      AtomicInteger reset = new AtomicInteger();
      List<Thread> running =
          services.stream()
              .map(
                  service ->
                      Thread.ofVirtual().start(() -> reset.addAndGet(drained(service, timeout))))
              .toList();
      for (Thread each : running) {
        each.join();
      }
      forced = reset.get();
    }

    private static int drained(DrainedService service, Duration timeout) {
      try {
        return service.drain(timeout);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }

    private Progress progress() {
      Integer reset = forced;
      return new Progress(
          services.stream().mapToLong(DrainedService::connections).sum(),
          services.stream().flatMap(service -> service.routes().stream()).toList(),
          reset != null,
          reset == null ? 0 : reset);
    }
  }
}
