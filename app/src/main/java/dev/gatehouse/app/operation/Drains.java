package dev.gatehouse.app.operation;

import dev.gatehouse.control.daemon.DaemonAdmin.Draining;
import dev.gatehouse.control.daemon.DaemonAdmin.Progress;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import dev.gatehouse.proxy.Proxy;
import dev.gatehouse.proxy.ProxyView.ListenerView;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets connections finish: those of one service, after which the daemon goes on, or all, after
 * which it ends.
 */
public final class Drains {

  private static final Logger log = LoggerFactory.getLogger(Drains.class);

  private final Optional<Proxy> proxy;
  private final Consumer<ServiceState> proxyBecomes;
  private final Runnable end;
  private final AtomicBoolean serviceEnds = new AtomicBoolean();
  private final AtomicBoolean daemonEnds = new AtomicBoolean();
  private volatile @Nullable Integer forced;

  /**
   * @param proxyBecomes is told how the service fares
   * @param end begins the end of the daemon, in which {@link #proxy} is called
   */
  public Drains(Optional<Proxy> proxy, Consumer<ServiceState> proxyBecomes, Runnable end) {
    this.proxy = proxy;
    this.proxyBecomes = proxyBecomes;
    this.end = end;
  }

  Draining service(String service, Duration timeout) throws EditRefusedException {
    if (!service.equals(Proxy.SERVICE) || proxy.isEmpty()) {
      throw new EditRefusedException(
          Reason.NOT_FOUND, "service", service + " does not run; expected: " + running());
    }
    begin(serviceEnds, service + " drains already, or has; restart the daemon to have it back");
    Thread.ofVirtual().name("drain-" + service).start(() -> drain(timeout));
    return this::progress;
  }

  Draining everything(Optional<Duration> timeout, LiveSettings live) throws EditRefusedException {
    begin(daemonEnds, "the daemon drains already; wait for its end");
    forced = null;
    timeout.ifPresent(live::shutdownTimeout);
    end.run();
    return this::progress;
  }

  /** Lets the connections of the proxy finish, as a step of the daemon's own end. */
  public void proxy(Duration timeout) throws InterruptedException {
    forced = proxy.isPresent() ? proxy.get().drain(timeout) : 0;
  }

  private static void begin(AtomicBoolean ends, String refusal) throws EditRefusedException {
    if (!ends.compareAndSet(false, true)) {
      throw new EditRefusedException(Reason.NOT_NOW, "", refusal);
    }
  }

  private void drain(Duration timeout) {
    proxyBecomes.accept(ServiceState.DRAINING);
    log.atInfo().setMessage("drain_started").addKeyValue("service", Proxy.SERVICE).log();
    try {
      proxy(timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    proxyBecomes.accept(ServiceState.OFF);
    log.atInfo().setMessage("drain_done").addKeyValue("forced", forced).log();
  }

  private Progress progress() {
    Integer reset = forced;
    long open =
        proxy.stream()
            .flatMap(running -> running.listeners().stream())
            .mapToLong(ListenerView::connections)
            .sum();
    return new Progress(
        open,
        proxy.map(Proxy::routes).orElseGet(List::of),
        reset != null,
        reset == null ? 0 : reset);
  }

  private String running() {
    return proxy.isPresent() ? Proxy.SERVICE : "nothing, since no service with connections runs";
  }
}
