package dev.gatehouse.relay.gate;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.relay.limit.Bans;
import dev.gatehouse.relay.limit.TokenBuckets;
import dev.gatehouse.relay.registry.ConnectionSlots;
import dev.gatehouse.relay.registry.ServerId;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The gates between a request and its upgrade, in the order of the specification's section 2.2:
 * what is cheap for us comes before what costs a place, and a place is held from then on.
 */
public final class UpgradeGates {

  /** When to come again to a relay that is full or about to end. */
  private static final long LATER_NANOS = Duration.ofSeconds(5).toNanos();

  private final TokenBuckets<IpAddress> attempts;
  private final ConnectionLimit clients;
  private final ConnectionSlots slots;
  private final Bans bans;
  private volatile GateRules rules;
  private volatile boolean draining;

  public UpgradeGates(
      GateRules rules,
      TokenBuckets<IpAddress> attempts,
      ConnectionLimit clients,
      ConnectionSlots slots,
      Bans bans) {
    this.rules = rules;
    this.attempts = attempts;
    this.clients = clients;
    this.slots = slots;
    this.bans = bans;
  }

  /** Goes by other rules from now on. */
  public void change(GateRules newRules) {
    rules = newRules;
  }

  /** Lets nobody through any more. */
  public void drain() {
    draining = true;
  }

  public boolean isDraining() {
    return draining;
  }

  /** The answer to a request for another host, whatever its path. */
  public Optional<Passage.Refused> misdirected(HttpRequest request) {
    GateRules now = rules;
    String host = request.headers().get(HttpHeaderNames.HOST, "");
    return now.domain().isEmpty() || HostCheck.matches(host, now.domain())
        ? Optional.empty()
        : Optional.of(new Passage.Refused(Refusal.MISDIRECTED, new Answer(421, Map.of(), "")));
  }

  /** Whom a request from that peer is counted for. */
  public IpAddress client(IpAddress peer, HttpRequest request) {
    return rules.clients().of(peer, request.headers());
  }

  /** Takes a request through all gates behind the one for the host. */
  public Passage pass(Role role, HttpRequest request, IpAddress client, long nowNanos) {
    if (draining) {
      return later(Refusal.DRAINING, LATER_NANOS);
    }
    long wait = attempts.tryTake(client, nowNanos);
    if (wait > 0) {
      return later(Refusal.RATE_LIMIT, wait);
    }
    if (!clients.acquire(client)) {
      return later(Refusal.CLIENT_LIMIT, LATER_NANOS);
    }
    if (!takeSlot(role)) {
      clients.release(client);
      return later(Refusal.CAPACITY, LATER_NANOS);
    }
    Place place = new Place(role, client, slots, clients);
    Passage passage = judge(role, request, place, nowNanos);
    if (passage instanceof Passage.Refused) {
      place.giveBack();
    }
    return passage;
  }

  private Passage judge(Role role, HttpRequest request, Place place, long nowNanos) {
    GateRules now = rules;
    Optional<Introduction> introduction =
        Introduction.read(role, request.headers(), now.requireToken());
    if (introduction.isEmpty()) {
      return refused(Refusal.HEADERS);
    }
    // a phone that names such an id cannot be told from one that names an absent one
    if (role == Role.BINARY && !mayClaim(now, introduction.get().id(), request, nowNanos)) {
      return refused(Refusal.DENIED);
    }
    return Handshake.refuse(request)
        .<Passage>map(answer -> new Passage.Refused(Refusal.HANDSHAKE, answer))
        .orElseGet(() -> new Passage.Admitted(introduction.get(), place));
  }

  private boolean mayClaim(GateRules now, ServerId id, HttpRequest request, long nowNanos) {
    return !bans.holds(id, nowNanos) && now.claims().mayClaim(id, request.headers());
  }

  private boolean takeSlot(Role role) {
    return switch (role) {
      case BINARY -> slots.takeForBinary();
      case PHONE -> slots.takeForPhone();
    };
  }

  private static Passage refused(Refusal why) {
    return new Passage.Refused(why, Answer.bare(why.status(), Map.of()));
  }

  private static Passage later(Refusal why, long waitNanos) {
    return new Passage.Refused(why, Answer.later(why.status(), waitNanos));
  }
}
