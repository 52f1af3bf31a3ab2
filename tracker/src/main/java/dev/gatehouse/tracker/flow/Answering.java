package dev.gatehouse.tracker.flow;

import dev.gatehouse.tracker.request.Rejection;

/** What a frontend does for the {@link Flow} at its steps 6, 8 and 9. */
public interface Answering<E extends Exchange> {

  /** Sends the answer to an announce. */
  void sendAnnounce(E exchange);

  /** Sends the answer to a scrape. */
  void sendScrape(E exchange);

  /** Tells the client why it gets nothing, or stays silent where that is safer. */
  void refuse(E exchange, Rejection reason);

  /** Takes the exchange back: nobody else uses it any more. */
  void finish(E exchange);

  /** Goes on with an exchange that had to wait, on the thread that may touch it. */
  void resume(E exchange, Runnable next);
}
