package dev.gatehouse.app.start;

import dev.gatehouse.kernel.lifecycle.Part;
import java.util.List;
import java.util.function.Supplier;

/** The last step of a start: who has queued at the bound ports is let in. */
public final class AcceptConnections implements Part {

  private final Supplier<List<Entrance>> entrances;

  /**
   * @param entrances that there are at the moment
   */
  public AcceptConnections(Supplier<List<Entrance>> entrances) {
    this.entrances = entrances;
  }

  @Override
  public String name() {
    return "accepting";
  }

  @Override
  public void start() {
    entrances.get().forEach(Entrance::accept);
  }

  /** The first step of an end: nobody new is let in while the rest drains. */
  @Override
  public void close() throws InterruptedException {
    for (Entrance entrance : entrances.get()) {
      entrance.stopAccepting();
    }
  }
}
