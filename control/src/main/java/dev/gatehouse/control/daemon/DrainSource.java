package dev.gatehouse.control.daemon;

import dev.gatehouse.control.daemon.DaemonAdmin.Draining;
import dev.gatehouse.control.daemon.DaemonAdmin.Progress;
import dev.gatehouse.control.stream.PacedStream;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.v1.DrainProgress;
import java.util.Optional;

/** How far a drain has come, again and again until it is done. */
final class DrainSource implements PacedStream.Source<DrainProgress> {

  private final Draining draining;
  private final Ticker ticker;
  private final RouteRates rates = new RouteRates();

  DrainSource(Draining draining, Ticker ticker) {
    this.draining = draining;
    this.ticker = ticker;
  }

  @Override
  public DrainProgress next() {
    Progress progress = draining.progress();
    return DrainProgress.newBuilder()
        .setConnections(progress.connections())
        .addAllRoutes(rates.next(progress.routes(), ticker.nanos()))
        .setDone(progress.done())
        .setForced(progress.forced())
        .build();
  }

  /** The drain of the whole daemon ends just before its streams do. */
  @Override
  public Optional<DrainProgress> last() {
    return Optional.of(next()).filter(this::isLast);
  }

  @Override
  public boolean isLast(DrainProgress answer) {
    return answer.getDone();
  }
}
