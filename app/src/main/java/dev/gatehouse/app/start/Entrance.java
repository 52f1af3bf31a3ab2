package dev.gatehouse.app.start;

import dev.gatehouse.net.listen.Listener;

/** Where strangers come in, once they may. */
public interface Entrance {

  /** Lets them in, those first who have queued. */
  void accept();

  /** Lets nobody new in. */
  void stopAccepting() throws InterruptedException;

  /** That of one socket. */
  static Entrance of(Listener listener) {
    return new Entrance() {

      @Override
      public void accept() {
        listener.accept();
      }

      @Override
      public void stopAccepting() {
        listener.stopAccepting();
      }
    };
  }
}
