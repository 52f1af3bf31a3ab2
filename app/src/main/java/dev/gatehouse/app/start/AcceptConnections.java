package dev.gatehouse.app.start;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.net.listen.Listener;
import java.util.List;

/** The last step of a start: who has queued at the bound ports is let in. */
public final class AcceptConnections implements Part {

  private final List<Listener> listeners;

  public AcceptConnections(List<Listener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public String name() {
    return "accepting";
  }

  @Override
  public void start() {
    listeners.forEach(Listener::accept);
  }

  /** The first step of an end: nobody new is let in while the rest drains. */
  @Override
  public void close() {
    listeners.forEach(Listener::stopAccepting);
  }
}
