package dev.gatehouse.tracker.udp;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.datagram.DatagramListener;
import dev.gatehouse.net.datagram.DatagramSettings;
import dev.gatehouse.tracker.config.LimitRules;
import dev.gatehouse.tracker.config.UdpFrontendConfig;
import dev.gatehouse.tracker.flow.Action;
import dev.gatehouse.tracker.flow.Logic;
import dev.gatehouse.tracker.flow.Meter;
import dev.gatehouse.tracker.flow.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP port of the tracker. */
public final class UdpFrontend implements Part, MetricSource {

  private static final Logger log = LoggerFactory.getLogger(UdpFrontend.class);
  private static final String KEY = "tracker.udp";

  /** More than any request of BEP 15 with the options of BEP 41. */
  private static final int MAX_RECEIVED = 2048;

  /** Addresses that are remembered for having been refused. */
  private static final int REFUSED_ADDRESSES = 1 << 16;

  /** Keys of before that are still taken; each lives no longer than the ids made with it. */
  private static final int MAX_RETIRED = 8;

  private final UdpFrontendConfig config;
  private final Surroundings around;
  private final BiConsumer<UdpFrontend, Throwable> failed;
  private final Meter meter;
  private final UdpDrops drops;
  private volatile Told told;
  private volatile @Nullable UdpTerms terms;
  private @Nullable DatagramListener listener;

  /** What the configuration says of it, but for the socket, and what follows from that. */
  private record Told(
      UdpFrontendConfig config,
      LimitRules limits,
      Logic logic,
      Optional<SlidingWindow> refusals,
      List<Secret> retired) {}

  /**
   * A port that is not bound yet.
   *
   * @param failed is told when it cannot be read any more
   */
  public UdpFrontend(
      UdpFrontendConfig config,
      LimitRules limits,
      Logic logic,
      Surroundings around,
      BiConsumer<UdpFrontend, Throwable> failed) {
    this.config = config;
    this.around = around;
    this.failed = failed;
    meter =
        new Meter(
            config.address().toString(),
            "udp",
            config.rules().requestTiming().orElse(around.requestTiming()),
            EnumSet.of(Action.CONNECT, Action.ANNOUNCE, Action.SCRAPE),
            around.counters());
    drops = new UdpDrops(around.counters());
    told = new Told(config, limits, logic, refusals(limits), List.of());
  }

  private Optional<SlidingWindow> refusals(LimitRules limits) {
    return limits.errorReplies() == 0
        ? Optional.empty()
        : Optional.of(
            new SlidingWindow(
                limits.errorReplies(),
                limits.errorReplyWindow(),
                REFUSED_ADDRESSES,
                around.ticker().nanos()));
  }

  @Override
  public String name() {
    return KEY + " " + config.address();
  }

  /** Binds, with reading off. */
  @Override
  public void start() throws IOException {
    terms = terms(told);
    DatagramListener bound =
        new DatagramListener(
            settings(),
            around.admission().firewall(),
            around.counters(),
            late -> new UdpWorker(this::inForce, late),
            (_, cause) -> failed.accept(this, cause));
    bound.start();
    listener = bound;
  }

  private UdpTerms inForce() {
    UdpTerms now = terms;
    if (now == null) {
      throw new IllegalStateException(name() + ": not bound");
    }
    return now;
  }

  private UdpTerms terms(Told by) throws IOException {
    return new UdpTerms(
        by.config(),
        by.logic(),
        meter,
        drops,
        key(by.config()),
        by.retired(),
        by.refusals(),
        around.entropy());
  }

  private Secret key(UdpFrontendConfig by) throws IOException {
    Optional<Secret> configured = by.connectionIds().key();
    return configured.isPresent() ? configured.get() : KeyFile.in(around.state(), around.entropy());
  }

  /**
   * Follows other settings, but for those of the socket, from the next batch on. Ids that were made
   * with the key of before are still taken.
   *
   * @throws IOException if the key cannot be read
   */
  public void follow(UdpFrontendConfig next, LimitRules limits, Logic logic) throws IOException {
    Told before = told;
    Told now =
        new Told(
            next.withSocketOf(config),
            limits,
            logic,
            limits.limitsRefusalsLike(before.limits()) ? before.refusals() : refusals(limits),
            retired(before, key(next)));
    terms = terms(now);
    told = now;
  }

  private List<Secret> retired(Told before, Secret next) {
    List<Secret> retired = new ArrayList<>(before.retired());
    Secret old = inForce().key();
    retired.removeIf(key -> key.equals(next) || key.equals(old));
    if (!old.equals(next)) {
      retired.addFirst(old);
    }
    return List.copyOf(retired.subList(0, Math.min(retired.size(), MAX_RETIRED)));
  }

  /** How many datagrams that refuse an address may get, where there is a limit. */
  public Optional<SlidingWindow> refusals() {
    return told.refusals();
  }

  private DatagramSettings settings() {
    int workers =
        config.workers() == 0 ? Runtime.getRuntime().availableProcessors() : config.workers();
    return new DatagramSettings(
        KEY,
        Meter.SERVICE,
        config.address(),
        workers,
        config.reusePort(),
        config.receiveBuffer(),
        MAX_RECEIVED,
        config.maxDatagram());
  }

  /** Starts to read. */
  public void accept() {
    bound().accept();
    log.atInfo()
        .setMessage("frontend_started")
        .addKeyValue("component", "tracker/udp")
        .addKeyValue("address", boundAddress())
        .addKeyValue("config", config)
        .addKeyValue("limits", told.limits())
        .log();
  }

  /** Where the kernel says that it listens; of several sockets the first. */
  public Endpoint boundAddress() {
    return bound().boundAddress();
  }

  /** Every address at which there is a socket now. */
  public List<Endpoint> boundAddresses() {
    return listener == null ? List.of() : listener.boundAddresses();
  }

  private DatagramListener bound() {
    if (listener == null) {
      throw new IllegalStateException(name() + ": not bound");
    }
    return listener;
  }

  /** Stops reading; answers that hooks still owe can be sent. */
  public void stop() throws InterruptedException {
    if (listener != null) {
      listener.stop();
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (listener != null) {
      listener.close();
    }
  }

  @Override
  public void collect(MetricSink sink) {
    if (listener != null) {
      listener.collect(sink);
    }
  }
}
