package dev.gatehouse.proxy.l4;

import dev.gatehouse.net.splice.SpliceRelay;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins two legs of one loop by copying: what one receives, the other sends.
 *
 * <p>A side is read only while the other can take more, so what is under way is bounded by the
 * water marks. A FIN is passed on once everything before it has been sent, and the other direction
 * goes on.
 */
final class CopyRelay implements Leg.Owner {

  /** What the owner of a connection is told besides, on the loop. */
  interface Observer extends SpliceRelay.Observer {

    /** So much came from one side that copying is not worth its cost; reading is paused. */
    void isLarge();

    /** One of the sockets was closed from this side by somebody else. */
    void closed();
  }

  private final Leg client;
  private final Leg backend;
  private final Observer observer;
  private final Set<Side> passedOn = EnumSet.noneOf(Side.class);
  private final long largeAt;

  /** The large side, while it is not read until the other has taken all that it sent. */
  private @Nullable Leg resting;

  private boolean told;
  private boolean paused;

  /**
   * @param largeAt bytes from one side, after which the observer is told once
   */
  CopyRelay(Leg client, Leg backend, long largeAt, Observer observer) {
    this.client = client;
    this.backend = backend;
    this.largeAt = largeAt;
    this.observer = observer;
  }

  /** Begins to read both sides; the first bytes for the backend have been written. */
  void start() {
    client.join(backend, this);
    backend.join(client, this);
    backend.flush();
    resume();
    if (client.hasInputEnded()) {
      inputEnded(client);
    }
  }

  /** Reads again after a pause. */
  void resume() {
    paused = false;
    readIfWanted(client);
    readIfWanted(backend);
  }

  /** The sides whose FIN has been passed on, or will be by the close of both sockets. */
  Set<Side> passedOn() {
    return passedOn;
  }

  @Override
  public void readComplete(Leg leg) {
    peer(leg).flush();
    if (!told && resting == null && leg.received() >= largeAt) {
      resting = leg;
      peer(leg).whenDrained(this::rested);
      return;
    }
    readIfWanted(leg);
  }

  @Override
  public void writable(Leg leg) {
    readIfWanted(peer(leg));
  }

  @Override
  public void inputEnded(Leg leg) {
    peer(leg).whenDrained(() -> passOn(leg));
  }

  @Override
  public void broken(Leg leg, @Nullable Throwable cause) {
    if (cause == null) {
      observer.closed();
    } else {
      observer.failed(leg.side(), cause);
    }
  }

  private void readIfWanted(Leg leg) {
    if (!paused && leg != resting && !leg.hasInputEnded() && peer(leg).isWritable()) {
      leg.read();
    }
  }

  private void passOn(Leg from) {
    passedOn.add(from.side());
    if (passedOn.size() == Side.values().length) {
      observer.finished();
    } else {
      peer(from).endOutput();
      observer.halfClosed(from.side());
    }
  }

  /**
   * One side has been sent all. If the other has too, nothing is under way and the observer is
   * told; if not, the next read asks again. Waiting for both would hold a connection up for good,
   * where a peer does not read before it has written.
   */
  private void rested() {
    Leg large = resting;
    resting = null;
    if (client.isDrained() && backend.isDrained()) {
      told = true;
      paused = true;
      observer.isLarge();
    } else if (large != null) {
      readIfWanted(large);
    }
  }

  private Leg peer(Leg leg) {
    return leg == client ? backend : client;
  }
}
