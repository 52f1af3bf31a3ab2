package dev.gatehouse.relay.session;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.relay.config.SessionSettings;
import dev.gatehouse.relay.gate.CloseCause;
import dev.gatehouse.relay.gate.Role;
import dev.gatehouse.relay.log.RelayLog;
import dev.gatehouse.relay.log.Subject;
import dev.gatehouse.relay.outbox.Offer;
import dev.gatehouse.relay.push.WakeRefusal;
import dev.gatehouse.relay.push.Waker;
import dev.gatehouse.relay.registry.Claim;
import dev.gatehouse.relay.registry.Evicted;
import dev.gatehouse.relay.registry.Expiry;
import dev.gatehouse.relay.registry.Registration;
import dev.gatehouse.relay.registry.Registry;
import dev.gatehouse.relay.registry.Release;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.relay.registry.Takeover;
import dev.gatehouse.relay.session.RelayCounters.Drop;
import dev.gatehouse.relay.session.RelayCounters.Outcome;
import dev.gatehouse.relay.view.Kicked;
import dev.gatehouse.wire.envelope.EnvelopeKind;
import dev.gatehouse.wire.envelope.PushWake;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where binaries and phones meet: carries out what the registry decides, and counts and logs what
 * happens to them.
 *
 * <p>A phone lives on its binary's loop where the transport can move it. Legs refer to each other
 * directly, and none relies on another being on its own loop. The registry is asked when somebody
 * comes or goes, never for a message.
 */
final class Rendezvous implements Probe.Outcome {

  private final Registry<BinaryLeg, PhoneLeg> registry;
  private final RelayCounters counters;
  private final RelayLog log;
  private final Waker waker;
  private final Ticker ticker;
  private final Map<ServerId, Probe> probes = new ConcurrentHashMap<>();
  private final AtomicInteger pausedPhones = new AtomicInteger();
  private volatile SessionSettings settings;
  private volatile boolean closing;

  /** Whom a rendezvous tells of what happens. */
  record Witnesses(RelayCounters counters, RelayLog log) {}

  Rendezvous(
      SessionSettings settings,
      Registry<BinaryLeg, PhoneLeg> registry,
      Witnesses witnesses,
      Waker waker,
      Ticker ticker) {
    this.settings = settings;
    this.registry = registry;
    this.counters = witnesses.counters();
    this.log = witnesses.log();
    this.waker = waker;
    this.ticker = ticker;
  }

  SessionSettings settings() {
    return settings;
  }

  void change(SessionSettings next) {
    settings = next;
  }

  long window() {
    return settings.windowBytes();
  }

  int pausedPhones() {
    return pausedPhones.get();
  }

  void paused(int change) {
    pausedPhones.addAndGet(change);
  }

  // those who come

  /** The loop of the binary that holds a server-id. */
  Optional<EventLoop> home(ServerId id) {
    return registry.binary(id).map(binary -> binary.leg().loop());
  }

  /** A binary wants its server-id. */
  void claim(BinaryLeg binary) {
    if (closing) {
      binary.leg().close(CloseCause.SHUTDOWN);
      return;
    }
    switch (registry.claim(binary.id(), binary)) {
      case Claim.Claimed<BinaryLeg, PhoneLeg>() -> established(binary);
      case Claim.Reclaimed<BinaryLeg, PhoneLeg>(List<PhoneLeg> evicted) -> {
        counters.reclaims().increment();
        evict(evicted);
        established(binary);
      }
      case Claim.Conflict<BinaryLeg, PhoneLeg>(BinaryLeg incumbent) -> ask(incumbent, binary);
    }
  }

  private void established(BinaryLeg binary) {
    counters.decided(Role.BINARY, Outcome.ACCEPT);
    log.serverClaimed(subject(binary), binary.version());
    binary.established();
  }

  private static void evict(List<PhoneLeg> phones) {
    phones.forEach(phone -> phone.leg().close(CloseCause.RECLAIMED));
  }

  /** A phone looks for its binary; false if its name is taken and it needs another. */
  boolean register(PhoneLeg phone) {
    if (closing) {
      phone.leg().close(CloseCause.SHUTDOWN);
      return true;
    }
    switch (registry.registerPhone(phone.id(), phone.name(), phone, settings.maxPhones())) {
      case Registration.Registered<BinaryLeg>(BinaryLeg binary) -> {
        counters.decided(Role.PHONE, Outcome.ACCEPT);
        log.phoneRegistered(subject(phone), phone.device());
        phone.registered(binary);
      }
      case Registration.NoServer<BinaryLeg>() -> {
        counters.decided(Role.PHONE, Outcome.NO_SERVER);
        log.noServer(subject(phone));
        phone.leg().close(CloseCause.NO_SERVER);
      }
      case Registration.AtCap<BinaryLeg>() -> {
        counters.decided(Role.PHONE, Outcome.AT_CAP);
        log.atCap(subject(phone));
        phone.leg().close(CloseCause.AT_CAP);
      }
      case Registration.NameTaken<BinaryLeg>() -> {
        return false;
      }
    }
    return true;
  }

  // two binaries for one server-id

  /** Whoever comes while the question is open waits for the same answer. */
  private void ask(BinaryLeg incumbent, BinaryLeg newcomer) {
    Probe probe =
        probes.compute(
            newcomer.id(),
            (_, open) ->
                open != null && open.isOf(incumbent) && open.join(newcomer)
                    ? open
                    : begun(incumbent, newcomer));
    incumbent.leg().ask(probe);
  }

  private Probe begun(BinaryLeg incumbent, BinaryLeg newcomer) {
    Probe probe = new Probe(incumbent, this);
    boolean _ = probe.join(newcomer);
    return probe;
  }

  @Override
  public void alive(List<BinaryLeg> newcomers) {
    counters.probe("alive", 1);
    newcomers.forEach(this::refuse);
  }

  @Override
  public void silent(BinaryLeg incumbent, List<BinaryLeg> newcomers) {
    counters.probe("silent", 1);
    newcomers.stream().limit(1).forEach(first -> takeOver(incumbent, first));
    newcomers.stream().skip(1).forEach(this::refuse);
  }

  @Override
  public void gone(List<BinaryLeg> newcomers) {
    counters.probe("aborted", 1);
    newcomers.stream().limit(1).forEach(this::claim);
    newcomers.stream().skip(1).forEach(this::refuse);
  }

  private void takeOver(BinaryLeg incumbent, BinaryLeg newcomer) {
    switch (registry.takeover(newcomer.id(), Optional.of(incumbent), newcomer)) {
      case Takeover.TakenOver<BinaryLeg, PhoneLeg>(var old, List<PhoneLeg> evicted) -> {
        counters.takeovers().increment();
        log.takeover(subject(newcomer), incumbent.name());
        evict(evicted);
        established(newcomer);
        old.ifPresent(silent -> silent.leg().close(CloseCause.TAKEOVER));
      }
      case Takeover.Lost<BinaryLeg, PhoneLeg>() -> refuse(newcomer);
    }
  }

  private void refuse(BinaryLeg newcomer) {
    counters.decided(Role.BINARY, Outcome.CONFLICT);
    log.conflict(subject(newcomer));
    newcomer.leg().close(closing ? CloseCause.SHUTDOWN : CloseCause.CONFLICT);
  }

  // those who go

  /** A binary's connection has ended. */
  void left(BinaryLeg binary, CloseCause cause) {
    counters.closed(Role.BINARY, cause);
    probes.computeIfPresent(binary.id(), (_, open) -> open.isOf(binary) ? null : open);
    Release release = registry.release(binary.id(), binary, ticker.nanos(), settings.grace());
    if (release instanceof Release.GraceArmed) {
      log.binaryReadEnd(subject(binary), cause.label());
      log.serverReleased(binary.id().text());
    }
  }

  /** Ends the grace of every server-id whose time is over. */
  void expire() {
    registry.due(ticker.nanos()).stream()
        .forEach(
            timer -> {
              if (registry.expire(timer) instanceof Expiry.Expired<PhoneLeg>(var phones)) {
                log.graceExpired(timer.id().text(), phones.size());
                phones.forEach(phone -> phone.leg().close(CloseCause.GRACE_EXPIRED));
                counters.graceExpiries().increment();
              }
            });
  }

  /** A phone's connection has ended; its binary has been told. */
  void left(PhoneLeg phone, CloseCause cause) {
    counters.closed(Role.PHONE, cause);
    if (cause == CloseCause.PHONE_WRITE_FAILED) {
      log.phoneSendFailed(subject(phone));
    }
    if (phone.isRegistered()) {
      log.phoneReadEnd(subject(phone), cause.label());
      boolean _ = registry.unregisterPhone(phone.id(), phone.name(), phone);
      log.phoneUnregistered(subject(phone));
    }
  }

  /** Tells the binary that one of its phones has gone, unless it knows or is gone itself. */
  void notifyOf(PhoneLeg phone, BinaryLeg binary, int code) {
    binary.remove(phone);
    if (phone.isDirected() || closing || !binary.isOpen() || !holds(binary)) {
      counters.notice("suppressed", 1);
      return;
    }
    binary.sendNotice(phone, code, phone.notice(code));
  }

  /** One that was replaced or put out has no phones any more. */
  private boolean holds(BinaryLeg binary) {
    return registry.binary(binary.id()).filter(binary::equals).isPresent();
  }

  void noticed(PhoneLeg phone, int code, boolean whole) {
    counters.notice(whole ? "sent" : "failed", 1);
    if (!whole && !closing) {
      log.noticeFailed(subject(phone), code);
    }
  }

  /** Takes a server-id from all who have it. */
  Kicked kick(ServerId id) {
    Optional<Evicted<BinaryLeg, PhoneLeg>> evicted = registry.evict(id);
    if (evicted.isEmpty()) {
      return Kicked.NOBODY;
    }
    Evicted<BinaryLeg, PhoneLeg> out = evicted.get();
    out.binary().ifPresent(binary -> binary.leg().close(CloseCause.KICKED));
    out.phones().forEach(phone -> phone.leg().close(CloseCause.KICKED_AWAY));
    Kicked kicked = new Kicked(out.binary().isPresent() ? 1 : 0, out.phones().size());
    log.kicked(id.text(), "", kicked.all());
    return kicked;
  }

  /** Closes one phone; false if there is none of that name. */
  boolean kick(ServerId id, String name) {
    Optional<PhoneLeg> phone = registry.phone(id, name);
    phone.ifPresent(one -> one.leg().close(CloseCause.KICKED));
    phone.ifPresent(one -> log.kicked(id.text(), one.name(), 1));
    return phone.isPresent();
  }

  /** From now on nobody is told of others that go, since all do. */
  void beginClosing() {
    closing = true;
  }

  // what happens to messages

  void forwardedToBinary(int bytes, long readNanos) {
    counters.forwardedToBinary(bytes, ticker.nanos() - readNanos);
  }

  void forwardedToPhone(int bytes, long readNanos) {
    counters.forwardedToPhone(bytes, ticker.nanos() - readNanos);
  }

  void invalidJson(PhoneLeg phone) {
    counters.dropped(Drop.INVALID_JSON);
    log.invalidJson(subject(phone));
  }

  void noBinary(PhoneLeg phone) {
    counters.dropped(Drop.NO_BINARY);
    log.noBinary(subject(phone));
  }

  void sendFailed(PhoneLeg phone) {
    counters.dropped(Drop.SEND_FAILED);
    log.sendFailed(subject(phone));
  }

  void malformed(BinaryLeg binary, EnvelopeKind kind) {
    counters.dropped(
        switch (kind) {
          case MISSING_CONN_ID -> Drop.MISSING_CONN_ID;
          case MISSING_FRAME -> Drop.MISSING_FRAME;
          case MALFORMED, DATA, CLOSE, WAKE -> Drop.MALFORMED;
        });
    log.unmarshalError(subject(binary), kind.label());
  }

  void unknownPhone(BinaryLeg binary) {
    counters.dropped(Drop.UNKNOWN_CONN_ID);
    log.unknownPhone(subject(binary));
  }

  void refused(PhoneLeg phone, Offer offer) {
    counters.dropped(offer == Offer.FULL ? Drop.OUTBOX_FULL : Drop.OUTBOX_CLOSED);
    log.enqueueFailed(subject(phone), offer == Offer.FULL ? "full" : "closed");
  }

  void closeFrameFailed(PhoneLeg phone) {
    log.closeFrameSendFailed(subject(phone));
  }

  void directed(PhoneLeg phone, int code) {
    log.phoneClosed(subject(phone), code);
  }

  void illegalCode(PhoneLeg phone, int code) {
    counters.dropped(Drop.ILLEGAL_CLOSE_CODE);
    log.illegalCode(subject(phone), code);
  }

  void wake(BinaryLeg binary, Optional<PushWake> wake) {
    Optional<WakeRefusal> refusal = waker.wake(binary.id(), wake);
    refusal.ifPresent(why -> log.wakeDropped(subject(binary), why.label()));
  }

  private static Subject subject(BinaryLeg binary) {
    return new Subject(binary.id().text(), binary.name(), binary.remote());
  }

  private static Subject subject(PhoneLeg phone) {
    return new Subject(phone.id().text(), phone.name(), phone.remote());
  }
}
