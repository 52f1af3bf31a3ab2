package dev.gatehouse.proxy.upstream.pool;

import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.net.tls.client.ClientContexts;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.upstream.BackendGroup;
import dev.gatehouse.proxy.upstream.DialEvents;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * The backends of one route and how HTTP is spoken with them.
 *
 * <p>One object for as long as none of that changes: connections are kept by it, so those of
 * another never serve in its place.
 */
public final class Upstream implements MetricSource {

  private final BackendGroup backends;
  private final BackendProtocol protocol;
  private final Optional<UpstreamTls> tls;
  private final Optional<Set<SentTlv>> header;
  private final DialEvents events;
  private final PoolCounters counters;
  private final ProtocolMemory memory = new ProtocolMemory();

  /**
   * @param tls empty: cleartext
   * @param header what a PROXY header tells; empty: none is sent
   */
  public Upstream(
      BackendGroup backends,
      BackendProtocol protocol,
      Optional<UpstreamTls> tls,
      Optional<Set<SentTlv>> header,
      DialEvents events,
      PoolCounters counters) {
    this.backends = backends;
    this.protocol = protocol;
    this.tls = tls;
    this.header = header;
    this.events = events;
    this.counters = counters;
  }

  /**
   * Readies connections of every kind that a route may need.
   *
   * @throws SSLException if the file of authorities cannot be used
   */
  public static void prepare(UpstreamTls tls, ClientContexts contexts) throws SSLException {
    for (Wire wire : Wire.values()) {
      contexts.prepare(tls.trust(), wire.protocols());
    }
  }

  /** What {@code auto} has learned; nothing where nothing was. */
  @Override
  public void collect(MetricSink sink) {
    memory.collect(sink, counters);
  }

  /** What {@code auto} has learned, in the words of the configuration. */
  public Optional<String> learned(long nowNanos) {
    return memory.label(nowNanos);
  }

  BackendGroup backends() {
    return backends;
  }

  BackendProtocol protocol() {
    return protocol;
  }

  Optional<UpstreamTls> tls() {
    return tls;
  }

  DialEvents events() {
    return events;
  }

  ProtocolMemory memory() {
    return memory;
  }

  PoolCounters counters() {
    return counters;
  }

  /** What a PROXY header tells; where it is sent, connections belong to one client each. */
  public Optional<Set<SentTlv>> header() {
    return header;
  }
}
