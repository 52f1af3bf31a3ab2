package dev.gatehouse.control.relay;

import dev.gatehouse.control.stream.PacedStream;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.relay.RelayView;
import dev.gatehouse.relay.view.TrafficView;
import dev.gatehouse.v1.RelayRates;
import dev.gatehouse.v1.WatchRelayResponse;

/** The numbers of the relay again and again, with what it forwarded since it was told last. */
final class RelaySource implements PacedStream.Source<WatchRelayResponse> {

  private static final double NANOS_PER_SECOND = 1e9;

  private final RelayView relay;
  private final Ticker ticker;
  private TrafficView before;
  private long beforeNanos;

  RelaySource(RelayView relay, Ticker ticker) {
    this.relay = relay;
    this.ticker = ticker;
    before = relay.traffic();
    beforeNanos = ticker.nanos();
  }

  @Override
  public WatchRelayResponse next() {
    TrafficView now = relay.traffic();
    long nanos = ticker.nanos();
    RelayRates rates = rates(now, (nanos - beforeNanos) / NANOS_PER_SECOND);
    before = now;
    beforeNanos = nanos;
    return WatchRelayResponse.newBuilder()
        .setStatus(RelayMessages.status(relay.totals(), relay.condition()))
        .setTraffic(RelayMessages.traffic(now))
        .setRates(rates)
        .build();
  }

  private RelayRates rates(TrafficView now, double seconds) {
    if (seconds <= 0) {
      return RelayRates.getDefaultInstance();
    }
    return RelayRates.newBuilder()
        .setMessagesToBinaries((now.messagesToBinaries() - before.messagesToBinaries()) / seconds)
        .setBytesToBinaries((now.bytesToBinaries() - before.bytesToBinaries()) / seconds)
        .setMessagesToPhones((now.messagesToPhones() - before.messagesToPhones()) / seconds)
        .setBytesToPhones((now.bytesToPhones() - before.bytesToPhones()) / seconds)
        .build();
  }

  @Override
  public boolean isLast(WatchRelayResponse answer) {
    return false;
  }
}
