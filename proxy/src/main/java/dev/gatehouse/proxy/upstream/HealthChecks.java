package dev.gatehouse.proxy.upstream;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.net.connect.Dialer;
import dev.gatehouse.net.loop.EventLoops;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connects to backends before clients do, and keeps clients away from those that are down. */
public final class HealthChecks implements Part {

  private final EventLoops loops;
  private final Dialer dialer;
  private final Map<BackendGroup, GroupCheck> running = new ConcurrentHashMap<>();
  private volatile @Nullable EventLoop loop;

  public HealthChecks(EventLoops loops, Dialer dialer) {
    this.loops = loops;
    this.dialer = dialer;
  }

  @Override
  public String name() {
    return "health checks";
  }

  /** All checks share one loop: they are few and wait most of the time. */
  @Override
  public void start() {
    loop = loops.group().next();
  }

  /** Checks a group from now on; one that is checked already keeps its checks. */
  public void begin(BackendGroup group, HealthCheck settings) {
    EventLoop chosen = loop;
    if (chosen == null) {
      throw new IllegalStateException("health checks: not started");
    }
    if (!settings.interval().isZero()) {
      running.computeIfAbsent(group, _ -> check(group, settings, chosen));
    }
  }

  /** The group is no longer in use, or no longer checked. */
  public void end(BackendGroup group) {
    GroupCheck check = running.remove(group);
    if (check != null) {
      check.stop();
    }
  }

  /** Ends all checks. */
  @Override
  public void close() {
    running.keySet().forEach(this::end);
  }

  private GroupCheck check(BackendGroup group, HealthCheck settings, EventLoop chosen) {
    List<BackendCheck> checks =
        group.backends().stream()
            .map(backend -> new BackendCheck(backend, settings, dialer, chosen))
            .toList();
    return new GroupCheck(chosen, checks, settings.interval());
  }
}
