package dev.gatehouse.proxy.http.guard;

import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Request;

/** What the guard finds about the head of a request. */
public sealed interface Verdict {

  /**
   * It may go on.
   *
   * @param underscores how many fields were dropped for their names
   */
  record Accepted(Request request, int underscores) implements Verdict {}

  /** It is answered here, and no byte of it goes on. */
  record Refused(ErrorStatus status, RefusalReason reason, Ending ending) implements Verdict {}

  /** What a refusal takes with it. */
  enum Ending {
    /** The answer, then the end of the connection: where HTTP/1 broke, nothing is read again. */
    CLOSE,
    /** A reset of the stream with PROTOCOL_ERROR and no answer. */
    RESET,
    /** The answer alone; the connection goes on with its other streams. */
    STREAM
  }
}
