package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader;
import dev.gatehouse.wire.proxyprotocol.ProxyHeaderFault;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Demands a PROXY header of every connection, from those who may send one.
 *
 * <p>It is never guessed whether there is a header: one that is optional would let anybody forge an
 * address.
 */
final class ProxyHeaderStep implements AdmissionStep {

  static final String UNTRUSTED = "untrusted";
  static final String TIMEOUT = "timeout";
  static final String EOF = "eof";

  private static final Logger log = LoggerFactory.getLogger(ProxyHeaderStep.class);
  private static final Verdict REFUSED = new Verdict.Refused(Refusal.PROXY_HEADER);

  private final CidrSet trusted;
  private final Duration timeout;
  private final Map<String, LongAdder> errors = new HashMap<>();
  private final Map<Kind, LongAdder> headers = new EnumMap<>(Kind.class);

  /** What a header is, for the count of them. */
  enum Kind {
    V1_PROXY("v1", "proxy"),
    V1_UNKNOWN("v1", "unknown"),
    V2_PROXY("v2", "proxy"),
    V2_LOCAL("v2", "local"),
    V2_UNKNOWN("v2", "unknown");

    private final String version;
    private final String command;

    Kind(String version, String command) {
      this.version = version;
      this.command = command;
    }
  }

  ProxyHeaderStep(ListenerSettings settings, String listener, EventCounters counters) {
    this.trusted = CidrSet.of(settings.guard().trustedProxies());
    this.timeout = settings.proxyHeaderTimeout();
    for (ProxyHeaderFault fault : ProxyHeaderFault.values()) {
      countErrors(counters, listener, fault.label());
    }
    countErrors(counters, listener, UNTRUSTED);
    countErrors(counters, listener, TIMEOUT);
    countErrors(counters, listener, EOF);
    for (Kind kind : Kind.values()) {
      headers.put(
          kind,
          counters.counter(Metric.PROXY_PROTOCOL_HEADERS, listener, kind.version, kind.command));
    }
  }

  @Override
  public Verdict admit(Channel channel) {
    Optional<Endpoint> peer = ClientAddress.endpoint(channel.remoteAddress());
    if (peer.isEmpty()) {
      return Verdict.DROPPED;
    }
    if (!trusted.isEmpty() && !trusted.contains(peer.get().address())) {
      return rejected(channel, UNTRUSTED);
    }
    Promise<Verdict> verdict = channel.eventLoop().newPromise();
    channel.pipeline().addLast(ProxyHeaderReader.NAME, new ProxyHeaderReader(this, verdict));
    return new Verdict.Pending(verdict);
  }

  /** For the whole header, from accept. */
  Duration timeout() {
    return timeout;
  }

  /**
   * The header is whole. One that names nobody leaves the peer as the client; if the peer is known
   * to be a proxy, that is its own health check or stands for many clients. Where anybody may send
   * headers, nobody is known, and this would be a way around the limits.
   */
  Verdict received(Channel channel, ProxyHeader header, Kind kind) {
    LongAdder counter = headers.get(kind);
    if (counter != null) {
      counter.increment();
    }
    return switch (header) {
      case ProxyHeader.Relayed relayed -> {
        ClientAddress.setRelayed(channel, relayed);
        yield Verdict.ADMITTED;
      }
      case ProxyHeader.Direct() -> unnamed(channel);
    };
  }

  /** The peer went before the header was whole, which is what health checks and scanners do. */
  Verdict left() {
    count(EOF);
    return Verdict.DROPPED;
  }

  /** There will be no header. */
  Verdict rejected(Channel channel, String reason) {
    count(reason);
    log.atDebug()
        .setMessage("proxy_header_rejected")
        .addKeyValue("peer", channel.remoteAddress())
        .addKeyValue("reason", reason)
        .log();
    return REFUSED;
  }

  private Verdict unnamed(Channel channel) {
    Optional<Endpoint> peer = ClientAddress.endpoint(channel.remoteAddress());
    peer.ifPresent(
        endpoint ->
            ClientAddress.setUnnamed(channel, endpoint, trusted.contains(endpoint.address())));
    return peer.isPresent() ? Verdict.ADMITTED : Verdict.DROPPED;
  }

  private void countErrors(EventCounters counters, String listener, String reason) {
    errors.put(reason, counters.counter(Metric.PROXY_PROTOCOL_ERRORS, listener, reason));
  }

  private void count(String reason) {
    LongAdder counter = errors.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }
}
