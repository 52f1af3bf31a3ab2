package dev.gatehouse.proxy.http.frame;

import java.util.concurrent.Executor;

/**
 * Sends what was written to one connection once in a turn of its loop, however many exchanges ask
 * for it: one record of TLS and one call of the kernel for the answers of all.
 */
public final class FlushOnce {

  private final Runnable flush;
  private boolean asked;

  public FlushOnce(Runnable flush) {
    this.flush = flush;
  }

  /**
   * Sends it when everybody has had their turn.
   *
   * @param loop of the connection, on which this is asked
   */
  public void ask(Executor loop) {
    if (!asked) {
      asked = true;
      loop.execute(this::send);
    }
  }

  private void send() {
    asked = false;
    flush.run();
  }
}
