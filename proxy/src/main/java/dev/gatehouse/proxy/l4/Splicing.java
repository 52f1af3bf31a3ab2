package dev.gatehouse.proxy.l4;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.descriptor.DescriptorBudget;
import dev.gatehouse.net.splice.Join;
import dev.gatehouse.net.splice.PipePool;
import dev.gatehouse.net.splice.Shortage;
import dev.gatehouse.net.splice.SpliceRelay;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import io.netty.channel.Channel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Hands large connections to the kernel, where that works, and counts them. */
public final class Splicing implements MetricSource, AutoCloseable {

  /**
   * Pipes that are kept for the next connections, two for each. They are in nobody's budget, so
   * their descriptors must find room in the reserve of {@link DescriptorBudget}.
   */
  private static final int KEPT_PIPES = 64;

  /** Of the two pipes of a connection. */
  private static final int DESCRIPTORS = 4;

  private final DescriptorBudget descriptors;
  private final PipePool pipes = new PipePool(KEPT_PIPES);
  private final LongAdder spliced = new LongAdder();
  private final Map<Shortage, LongAdder> shortages = new EnumMap<>(Shortage.class);
  private final LongAdder otherTransport;

  /** Nothing is made before it is needed. */
  public Splicing(DescriptorBudget descriptors, EventCounters counters) {
    this.descriptors = descriptors;
    for (Shortage shortage : Shortage.values()) {
      shortages.put(shortage, counters.counter(Metric.PROXY_SPLICE_FALLBACKS, shortage.label()));
    }
    otherTransport = counters.counter(Metric.PROXY_SPLICE_FALLBACKS, "transport");
  }

  /**
   * Joins two quiet channels of one loop in the kernel.
   *
   * @param ended whose end has been passed on
   * @return empty if they are to be copied on
   */
  Optional<SpliceRelay> join(
      Channel client, Channel backend, Set<Side> ended, SpliceRelay.Observer observer) {
    if (!SpliceRelay.isPossible(client) || !SpliceRelay.isPossible(backend)) {
      otherTransport.increment();
      return Optional.empty();
    }
    if (!descriptors.spare(DESCRIPTORS)) {
      return refused(Shortage.FD_LIMIT);
    }
    return switch (SpliceRelay.join(client, backend, ended, pipes, observer)) {
      case Join.Begun(SpliceRelay relay) -> {
        spliced.increment();
        yield Optional.of(relay);
      }
      case Join.Refused(Shortage shortage) -> {
        descriptors.giveBack(DESCRIPTORS);
        yield refused(shortage);
      }
    };
  }

  /** A connection that was joined is over. */
  void ended() {
    spliced.decrement();
    descriptors.giveBack(DESCRIPTORS);
  }

  private Optional<SpliceRelay> refused(Shortage shortage) {
    Objects.requireNonNull(shortages.get(shortage)).increment();
    return Optional.empty();
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(Metric.PROXY_SPLICED_CONNECTIONS, (double) spliced.sum());
  }

  @Override
  public void close() {
    pipes.close();
  }
}
