package dev.gatehouse.tracker.udp;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.tracker.config.ConnectionIdRules;
import dev.gatehouse.tracker.config.UdpFrontendConfig;
import dev.gatehouse.tracker.flow.Logic;
import dev.gatehouse.tracker.flow.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What the workers of one listener share.
 *
 * @param key what connection ids are made with
 * @param retired keys of before, whose ids are still taken
 * @param refusals how many datagrams that refuse an address may get; empty for none at all
 */
record UdpTerms(
    UdpFrontendConfig config,
    Logic logic,
    Meter meter,
    UdpDrops drops,
    Secret key,
    List<Secret> retired,
    Optional<SlidingWindow> refusals,
    RandomGenerator entropy) {

  ConnectionIds newIds() {
    ConnectionIdRules rules = config.connectionIds();
    List<ConnectionMac> macs = new ArrayList<>();
    macs.add(ConnectionMac.of(rules.scheme(), key));
    Stream.concat(rules.previousKeys().stream(), retired.stream())
        .distinct()
        .filter(old -> !old.equals(key))
        .forEach(old -> macs.add(ConnectionMac.of(rules.scheme(), old)));
    return new ConnectionIds(macs, rules.lifetime().toSeconds(), rules.maxSkew().toSeconds());
  }

  boolean mayRefuse(UdpExchange exchange) {
    return refusals.isPresent()
        && refusals.get().tryTake(exchange.client(), logic.ticker().nanos());
  }
}
