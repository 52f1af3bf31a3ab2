package dev.gatehouse.app.start;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.net.listen.Listener;
import java.util.List;
import java.util.function.Supplier;

/** The last step of a start: who has queued at the bound ports is let in. */
public final class AcceptConnections implements Part {

  private final Supplier<List<Listener>> listeners;

  /**
   * @param listeners that there are at the moment
   */
  public AcceptConnections(Supplier<List<Listener>> listeners) {
    this.listeners = listeners;
  }

  @Override
  public String name() {
    return "accepting";
  }

  @Override
  public void start() {
    listeners.get().forEach(Listener::accept);
  }

  /** The first step of an end: nobody new is let in while the rest drains. */
  @Override
  public void close() {
    listeners.get().forEach(Listener::stopAccepting);
  }
}
