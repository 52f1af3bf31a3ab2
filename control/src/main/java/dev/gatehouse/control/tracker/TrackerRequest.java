package dev.gatehouse.control.tracker;

import dev.gatehouse.control.call.Request;
import dev.gatehouse.control.call.RequestTree;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.probe.Probe;
import dev.gatehouse.v1.ClearThrottledRequest;
import dev.gatehouse.v1.GetSwarmRequest;
import dev.gatehouse.v1.ListThrottledRequest;
import dev.gatehouse.v1.ProbeRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what callers want to see of the tracker. */
final class TrackerRequest {

  private static final int MAX_PEERS = 1000;
  private static final int MAX_THROTTLED = 10_000;
  private static final int USUAL_THROTTLED = 100;
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
  private static final String HOST = "(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])";
  private static final Pattern HTTP =
      Pattern.compile("https?://" + HOST + "(?::[0-9]{1,5})?/[!-~&&[^\"<>\\\\^`{|}#]]{0,500}");
  private static final Pattern UDP = Pattern.compile("udp://" + HOST + ":[0-9]{1,5}(?:/[!-~]*)?");

  private TrackerRequest() {}

  static int peers(GetSwarmRequest request) {
    return limit(request.getLimit(), MAX_PEERS);
  }

  static int throttled(ListThrottledRequest request) {
    int limit = limit(request.getLimit(), MAX_THROTTLED);
    return limit == 0 ? USUAL_THROTTLED : limit;
  }

  private static int limit(int given, int most) {
    return Request.read(
            new RequestTree().number("limit", given),
            root -> root.integer("limit", "how many are told").range(1, most).orZero().orElse(0))
        .value();
  }

  /** Empty for everybody. */
  static Optional<IpAddress> client(ClearThrottledRequest request) {
    return Request.read(
            new RequestTree().text("address", request.getAddress()),
            root ->
                root.value(
                        "address",
                        "who may ask again",
                        "an IP address such as \"192.0.2.1\" or \"2001:db8::1\"",
                        IpAddress::parse)
                    .optional())
        .value()
        .map(IpAddress::unmapped);
  }

  static Probe.Target target(ProbeRequest request) {
    RequestTree tree =
        new RequestTree()
            .text("http_url", request.getHttpUrl())
            .text("udp_url", request.getUdpUrl());
    if (request.hasDelay()) {
      tree.duration("delay", request.getDelay());
    }
    return Request.read(
            tree,
            root ->
                new Probe.Target(
                    root.text("http_url", "where announces go by HTTP")
                        .matching(
                            url -> HTTP.matcher(url).matches(),
                            "an address such as http://127.0.0.1:6969/announce")
                        .orElse(""),
                    root.text("udp_url", "where announces go by UDP")
                        .matching(
                            url -> UDP.matcher(url).matches(),
                            "an address such as udp://127.0.0.1:6969")
                        .orElse(""),
                    root.duration("delay", "between the two clients")
                        .range(Duration.ofMillis(1), LONGEST_DELAY)
                        .orZero()
                        .orElse(Duration.ofSeconds(1))))
        .value();
  }
}
