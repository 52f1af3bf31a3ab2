package dev.gatehouse.tracker.http;

import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.config.HttpFrontendConfig;
import dev.gatehouse.tracker.request.Sanitizer;
import dev.gatehouse.wire.tracker.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the address at which a client is seen: the far end of its connection or, where that is a
 * proxy that is trusted, the one that the proxy names.
 *
 * <p>Each proxy adds to the end of the list who came to it, so the list is read from its end, past
 * those who are trusted. What is before the first other one may be anybody's invention.
 */
final class RealIp {

  private static final Logger log = LoggerFactory.getLogger(RealIp.class);

  /** Peers that are remembered for having been told of. */
  private static final int MAX_TOLD = 1024;

  /** A literal, bare or in brackets, and a port behind it. */
  private static final Pattern ENDPOINT =
      Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})](?::[0-9]{1,5})?|([0-9.]{7,15}):[0-9]{1,5}");

  /** What is known of where a client is. */
  sealed interface Seen {

    /**
     * It is there.
     *
     * @param named whether a proxy says so
     */
    record At(IpAddress address, boolean named) implements Seen {}

    /** The one who should know says nothing that can be understood. */
    record Nowhere() implements Seen {}
  }

  private static final Seen NOWHERE = new Seen.Nowhere();

  private final String header;
  private final CidrSet trusted;
  private final Sanitizer sanitizer;
  private final LongAdder named;
  private final LongAdder direct;
  private final LongAdder untrusted;
  private final LongAdder invalid;
  private final Ticker ticker;

  /** Who was told of in the last hour. */
  private final SlidingWindow told;

  RealIp(HttpFrontendConfig config, EventCounters counters, Ticker ticker) {
    this.ticker = ticker;
    told = new SlidingWindow(1, SlidingWindow.LONGEST_WINDOW, MAX_TOLD, ticker.nanos());
    header = config.realIpHeader().toLowerCase(Locale.ROOT);
    trusted = CidrSet.of(config.trustedProxies());
    sanitizer = config.rules().sanitizer();
    named = counters.counter(Metric.TRACKER_REAL_IP, "header");
    direct = counters.counter(Metric.TRACKER_REAL_IP, "socket");
    untrusted = counters.counter(Metric.TRACKER_REAL_IP, "untrusted");
    invalid = counters.counter(Metric.TRACKER_REAL_IP, "invalid");
  }

  /** Where the client of a request is that came over a connection from that peer. */
  Seen seen(RequestHead head, IpAddress peer) {
    List<String> values = header.isEmpty() ? List.of() : head.values(header);
    if (values.isEmpty()) {
      direct.increment();
      return new Seen.At(peer, false);
    }
    if (!trusted.contains(peer)) {
      untrusted.increment();
      tell(peer);
      return new Seen.At(peer, false);
    }
    Optional<IpAddress> client = client(values);
    (client.isPresent() ? named : invalid).increment();
    return client.<Seen>map(address -> new Seen.At(address, true)).orElse(NOWHERE);
  }

  private void tell(IpAddress peer) {
    if (told.tryTake(peer, ticker.nanos())) {
      log.atWarn()
          .setMessage("real_ip_untrusted")
          .addKeyValue("component", "tracker/http")
          .addKeyValue("peer", peer)
          .addKeyValue("remedy", "add it to trusted_proxies if it is a proxy of yours")
          .log();
    }
  }

  /** The last who is neither trusted nor, where such are not believed, private; else the first. */
  private Optional<IpAddress> client(List<String> values) {
    List<String> elements = new ArrayList<>();
    values.forEach(value -> elements.addAll(List.of(value.split(",", -1))));
    Optional<IpAddress> address = Optional.empty();
    for (int i = elements.size() - 1; i >= 0; i--) {
      address = parse(elements.get(i).strip());
      if (address.isEmpty() || !isPassedOver(address.get())) {
        return address;
      }
    }
    return address;
  }

  private boolean isPassedOver(IpAddress address) {
    return trusted.contains(address)
        || (sanitizer.filterPrivate()
            && !sanitizer.accepts(address.family(), address.high(), address.low()));
  }

  private static Optional<IpAddress> parse(String element) {
    Optional<IpAddress> bare = IpAddress.parse(element);
    Matcher endpoint = ENDPOINT.matcher(element);
    if (bare.isPresent() || !endpoint.matches()) {
      return bare.map(IpAddress::unmapped);
    }
    String literal = endpoint.group(1) == null ? endpoint.group(2) : endpoint.group(1);
    return IpAddress.parse(String.valueOf(literal)).map(IpAddress::unmapped);
  }
}
