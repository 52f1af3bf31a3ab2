package dev.gatehouse.net.listen;

import io.netty.util.concurrent.Future;

/** What a step says about a connection. */
sealed interface Verdict {

  /** The next step may look at it. */
  Verdict ADMITTED = new Admitted();

  /** It ends here. */
  Verdict DROPPED = new Dropped();

  /** Passed. */
  record Admitted() implements Verdict {}

  /** Reset, and counted by its reason. */
  record Refused(Refusal reason) implements Verdict {}

  /** Reset, and counted elsewhere or not worth a count: the peer has gone by itself. */
  record Dropped() implements Verdict {}

  /** The step needs bytes first; the verdict comes on the channel's loop. */
  record Pending(Future<Verdict> verdict) implements Verdict {}
}
