package dev.gatehouse.relay.session;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.ClientAddress;
import dev.gatehouse.net.loop.Move;
import dev.gatehouse.relay.config.SessionSettings;
import dev.gatehouse.relay.gate.CloseCause;
import dev.gatehouse.relay.gate.ConnectionNames;
import dev.gatehouse.relay.gate.Introduction;
import dev.gatehouse.relay.gate.Refusal;
import dev.gatehouse.relay.gate.Role;
import dev.gatehouse.relay.log.RelayLog;
import dev.gatehouse.relay.outbox.Outbox;
import dev.gatehouse.relay.outbox.OutboxBudget;
import dev.gatehouse.relay.push.Waker;
import dev.gatehouse.relay.registry.Counts;
import dev.gatehouse.relay.registry.Holding;
import dev.gatehouse.relay.registry.Registry;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.relay.view.ConnectionView;
import dev.gatehouse.relay.view.Kicked;
import dev.gatehouse.relay.view.PhoneView;
import dev.gatehouse.relay.view.ServerView;
import dev.gatehouse.relay.view.TrafficView;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** All connections after their upgrade, and the rendezvous at which they meet. */
public final class Sessions {

  private static final String LEG = "leg";

  private final Registry<BinaryLeg, PhoneLeg> registry = new Registry<>();
  private final RelayCounters counters;
  private final Rendezvous rendezvous;
  private final ConnectionNames names;
  private final OutboxBudget budget;
  private final Legs legs;
  private final Ticker ticker;

  /** What sessions share with the rest of the relay. */
  public record Context(
      OutboxBudget budget, EventCounters counters, RelayLog log, Waker waker, Ticker ticker) {}

  /**
   * No connections yet.
   *
   * @param random numbers of which none says anything about another
   */
  public Sessions(SessionSettings settings, Context context, IntSupplier random) {
    ticker = context.ticker();
    budget = context.budget();
    counters = new RelayCounters(context.counters());
    names = new ConnectionNames(random);
    legs = new Legs(ticker::nanos);
    rendezvous =
        new Rendezvous(
            settings,
            registry,
            new Rendezvous.Witnesses(counters, context.log()),
            context.waker(),
            ticker);
  }

  /** Begins to look at deadlines, that often. */
  public void start(EventLoopGroup loops, Duration period) {
    legs.start(loops, period, rendezvous::expire);
  }

  /** Looks at no deadline any more. */
  public void stop() {
    legs.stop();
  }

  /** Settings for connections that come from now on. */
  public void change(SessionSettings settings) {
    rendezvous.change(settings);
  }

  /**
   * Lets a connection in; on its loop. Its handler is the last one, and keeps what it is given
   * until the connection has its place. What has been written and not flushed is flushed then, so
   * that whoever is told yes can be found by others.
   */
  public void enter(Channel channel, Introduction introduction) {
    switch (introduction.role()) {
      case BINARY -> enterBinary(channel, introduction);
      case PHONE -> enterPhone(channel, introduction);
    }
  }

  /** Counts an attempt that a gate has ended. */
  public void refused(Role role, Refusal why) {
    counters.refused(role, why);
  }

  /** Closes every connection, and tells nobody of the others. */
  public void shutDown() {
    rendezvous.beginClosing();
    legs.closeAll(CloseCause.SHUTDOWN);
  }

  /** Takes a server-id from all who have it. */
  public Kicked kick(ServerId id) {
    return rendezvous.kick(id);
  }

  /** Closes one phone; false if there is none of that name. */
  public boolean kick(ServerId id, String connection) {
    return rendezvous.kick(id, connection);
  }

  /** How many there are. */
  public Counts counts() {
    return registry.counts();
  }

  /** What has been written whole since the start. */
  public TrafficView forwarded() {
    return counters.forwarded();
  }

  /** Phones that are not read since their binary is slow. */
  public int pausedPhones() {
    return rendezvous.pausedPhones();
  }

  /** Every server-id that is not free. */
  public List<ServerView> servers() {
    long now = ticker.nanos();
    return registry.snapshot().stream().map(holding -> view(holding, now)).toList();
  }

  private ServerView view(Holding<BinaryLeg, PhoneLeg> holding, long now) {
    return new ServerView(
        holding.id().text(),
        holding
            .binary()
            .map(one -> view(one.name(), one.version(), one.remote(), one.leg().traffic())),
        holding.grace().map(timer -> Duration.ofNanos(Math.max(0, timer.leftNanos(now)))),
        holding.phones().stream().map(this::view).toList());
  }

  private PhoneView view(PhoneLeg one) {
    return new PhoneView(
        view(one.name(), one.device(), one.remote(), one.leg().traffic()),
        one.waiting(),
        one.isPaused());
  }

  private ConnectionView view(String name, String label, String remote, Traffic traffic) {
    return new ConnectionView(
        name,
        label,
        remote,
        moment(traffic.sinceNanos()),
        moment(traffic.seenNanos()),
        new ConnectionView.Traffic(
            traffic.framesIn(), traffic.bytesIn(), traffic.framesOut(), traffic.bytesOut()));
  }

  private Instant moment(long nanos) {
    return ticker.now().minusNanos(Math.max(0, ticker.nanos() - nanos));
  }

  private void enterBinary(Channel channel, Introduction introduction) {
    String name = names.next(Role.BINARY, introduction.id());
    BinaryLeg binary = new BinaryLeg(rendezvous, introduction, name, remote(channel));
    Leg leg = leg(channel, Role.BINARY, binary, binary);
    binary.attach(leg);
    legs.add(channel, leg);
    rendezvous.claim(binary);
    channel.flush();
  }

  /** A phone lives where its binary does, so that messages need not change loops. */
  private void enterPhone(Channel channel, Introduction introduction) {
    String name = names.next(Role.PHONE, introduction.id());
    PhoneLeg phone =
        new PhoneLeg(rendezvous, introduction, name, remote(channel), new Outbox(budget));
    Leg leg = leg(channel, Role.PHONE, phone, phone);
    phone.attach(leg);
    Optional<Move> home =
        rendezvous.home(introduction.id()).map(Move::new).filter(move -> move.isFor(channel));
    if (home.isPresent()) {
      home.get().take(channel, () -> settle(channel, phone), leg::forget);
    } else {
      settle(channel, phone);
    }
  }

  private void settle(Channel channel, PhoneLeg phone) {
    legs.add(channel, phone.leg());
    while (!rendezvous.register(phone)) {
      phone.rename(names.next(Role.PHONE, phone.id()));
    }
    channel.flush();
  }

  private Leg leg(Channel channel, Role role, Conversation conversation, FrameSource source) {
    SessionSettings settings = rendezvous.settings();
    Leg.Ground ground = new Leg.Ground(channel, settings, ticker, counters.roundTrips(role));
    Leg leg = new Leg(ground, conversation, source);
    channel.pipeline().addLast(LEG, leg);
    leg.pause();
    return leg;
  }

  private static String remote(Channel channel) {
    return ClientAddress.of(channel).address().toString();
  }
}
