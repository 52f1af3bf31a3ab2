package dev.gatehouse.proxy.http.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.wire.http.Fields;
import java.util.List;
import java.util.Optional;

/**
 * The policies of one route, asked in their order; the first that a request does not meet decides.
 *
 * <p>Immutable. It asks of the request as it was received, so that no field of ours can meet what
 * an operator asks of clients.
 */
public final class PolicyMiddleware {

  private final List<Demand> demands;

  /** A policy, its value in the form in which it is compared. */
  private record Demand(L7Policy policy, String value) {

    Demand(L7Policy policy) {
      this(policy, lowerCase(new String(policy.value().getBytes(UTF_8), ISO_8859_1)));
    }

    boolean isMet(Fields fields) {
      return switch (policy.type()) {
        case BLOCK_USER_AGENT ->
            fields.values("User-Agent").stream()
                .noneMatch(agent -> lowerCase(agent).contains(value));
        // every request has an authority, whatever field it came in
        case REQUIRE_HEADER -> value.equals("host") || fields.has(value);
      };
    }
  }

  public PolicyMiddleware(List<L7Policy> policies) {
    demands = policies.stream().map(Demand::new).toList();
  }

  /** The policy for which the request is answered 403. */
  public Optional<L7Policy> firstUnmet(Request request) {
    for (Demand demand : demands) {
      if (!demand.isMet(request.fields())) {
        return Optional.of(demand.policy());
      }
    }
    return Optional.empty();
  }

  /** Of ASCII letters alone, since a character stands for a byte of who knows what encoding. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char letter = lower.charAt(i);
      if (letter >= 'A' && letter <= 'Z') {
        lower.setCharAt(i, Character.toLowerCase(letter));
      }
    }
    return lower.toString();
  }
}
