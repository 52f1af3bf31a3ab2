package dev.gatehouse.control.daemon;

import dev.gatehouse.control.stream.PacedStream;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.v1.GetStatusResponse;

/** The status again and again, with what the routes did since it was told last. */
final class StatusSource implements PacedStream.Source<GetStatusResponse> {

  private final StatusMessages status;
  private final Ticker ticker;
  private final RouteRates rates = new RouteRates();

  StatusSource(StatusMessages status, Ticker ticker) {
    this.status = status;
    this.ticker = ticker;
  }

  @Override
  public GetStatusResponse next() {
    return status.status().addAllRates(rates.next(status.routes(), ticker.nanos())).build();
  }

  @Override
  public boolean isLast(GetStatusResponse answer) {
    return false;
  }
}
