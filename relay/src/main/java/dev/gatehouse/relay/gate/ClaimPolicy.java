package dev.gatehouse.relay.gate;

import dev.gatehouse.relay.registry.ServerId;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;

/**
 * Decides whether a binary may claim a server-id, before it is asked whether the id is free.
 *
 * <p>Claims carry no credentials today, so the first one wins; a policy that wants some finds them
 * in the request.
 */
@FunctionalInterface
public interface ClaimPolicy {

  /** The policy under which anybody may claim any id. */
  ClaimPolicy FIRST_CLAIM_WINS = (id, headers) -> true;

  /** Whether this claim may be made. */
  boolean mayClaim(ServerId id, HttpHeaders headers);

  /** Allows these ids alone, or any if there are none. */
  static ClaimPolicy allowing(Set<ServerId> ids) {
    Set<ServerId> allowed = Set.copyOf(ids);
    return allowed.isEmpty() ? FIRST_CLAIM_WINS : (id, headers) -> allowed.contains(id);
  }
}
