package dev.gatehouse.relay.gate;

import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whom a request is counted for: the peer, or the client that proxies say it comes from.
 *
 * @param trustForwarded whether X-Forwarded-For is believed at all
 * @param proxies who may say so; empty: anybody
 */
public record ClientKeys(boolean trustForwarded, CidrSet proxies) {

  private static final String FORWARDED = "x-forwarded-for";

  /** The key of a request from that peer: an IPv4 address, or the first of an IPv6 /64. */
  public IpAddress of(IpAddress peer, HttpHeaders headers) {
    IpAddress plain = peer.unmapped();
    return subscriber(trustForwarded ? forwarded(plain, headers).orElse(plain) : plain);
  }

  private Optional<IpAddress> forwarded(IpAddress peer, HttpHeaders headers) {
    List<String> entries = entries(headers);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    if (proxies.isEmpty()) {
      return address(entries.getFirst());
    }
    return proxies.contains(peer) ? nearestStranger(entries) : Optional.empty();
  }

  /** Each proxy appends whom it heard, so that what strangers may have written is on the left. */
  private Optional<IpAddress> nearestStranger(List<String> entries) {
    for (String entry : entries.reversed()) {
      Optional<IpAddress> address = address(entry);
      if (address.isEmpty() || !proxies.contains(address.get())) {
        return address;
      }
    }
    return Optional.empty();
  }

  private static List<String> entries(HttpHeaders headers) {
    List<String> lines = headers.getAll(FORWARDED);
    return lines.isEmpty()
        ? List.of()
        : Arrays.stream(String.join(",", lines).split(",", -1)).map(String::strip).toList();
  }

  /** A literal, which may be in brackets and have a port behind it. */
  private static Optional<IpAddress> address(String entry) {
    int bracket = entry.indexOf(']');
    if (entry.startsWith("[") && bracket > 0) {
      return IpAddress.parse(entry.substring(1, bracket)).map(IpAddress::unmapped);
    }
    int colon = entry.indexOf(':');
    boolean port = colon > 0 && entry.indexOf(':', colon + 1) < 0;
    return IpAddress.parse(port ? entry.substring(0, colon) : entry).map(IpAddress::unmapped);
  }

  /** A subscriber of IPv6 holds at least a /64 (RFC 6177 section 2). */
  private static IpAddress subscriber(IpAddress address) {
    return switch (address.family()) {
      case IPV4 -> address;
      case IPV6 -> IpAddress.ipv6(address.high(), 0);
    };
  }
}
