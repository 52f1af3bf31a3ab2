package dev.gatehouse.proxy.http.guard;

import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.guard.Verdict.Ending;
import dev.gatehouse.proxy.http.guard.Verdict.Refused;

/**
 * A rule that a request breaks.
 *
 * @param malformed whether it is no request at all, rather than one that is not served
 */
record Refusal(ErrorStatus status, RefusalReason reason, boolean malformed) {

  static Refusal malformed(RefusalReason reason) {
    return new Refusal(ErrorStatus.BAD_REQUEST, reason, true);
  }

  static Refusal unserved(ErrorStatus status, RefusalReason reason) {
    return new Refusal(status, reason, false);
  }

  Refused onHttp1() {
    return new Refused(status, reason, Ending.CLOSE);
  }

  Refused onHttp2() {
    return new Refused(status, reason, malformed ? Ending.RESET : Ending.STREAM);
  }
}
