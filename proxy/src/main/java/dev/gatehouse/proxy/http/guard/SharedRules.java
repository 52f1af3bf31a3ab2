package dev.gatehouse.proxy.http.guard;

import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.wire.http.Fields;
import java.util.List;
import java.util.Optional;

/** What is asked of a request in either protocol. */
final class SharedRules {

  private static final String CONTINUE = "100-continue";

  private SharedRules() {}

  /** Refuses what asks for a tunnel through us, or to be told what we added to it. */
  static Optional<Refusal> method(String method) {
    return switch (method) {
      case "CONNECT" ->
          Optional.of(Refusal.unserved(ErrorStatus.NOT_IMPLEMENTED, RefusalReason.METHOD));
      case "TRACE" ->
          Optional.of(Refusal.unserved(ErrorStatus.METHOD_NOT_ALLOWED, RefusalReason.METHOD));
      default -> Optional.empty();
    };
  }

  /** Refuses an expectation that nobody can promise to meet (RFC 9110 section 10.1.1). */
  static Optional<Refusal> expectation(Fields fields) {
    List<String> expected = fields.values("Expect");
    boolean known =
        expected.isEmpty()
            || (expected.size() == 1 && expected.getFirst().equalsIgnoreCase(CONTINUE));
    return known
        ? Optional.empty()
        : Optional.of(Refusal.unserved(ErrorStatus.EXPECTATION_FAILED, RefusalReason.EXPECTATION));
  }

  static Optional<Refusal> require(boolean met, RefusalReason reason) {
    return met ? Optional.empty() : Optional.of(Refusal.malformed(reason));
  }
}
