package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.descriptor.DescriptorBudget;
import dev.gatehouse.net.firewall.Firewall;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every accepted connection of every service passes, in one order.
 *
 * <p>A refusal is a reset and a counter, and no byte. Reading is off until the service switches it
 * on, so a step reads only what it needs. All of it runs on the connection's loop.
 */
final class AdmissionPath extends ChannelInitializer<Channel> {

  private static final Logger log = LoggerFactory.getLogger(AdmissionPath.class);
  private static final Verdict AT_ADDRESS_LIMIT = new Verdict.Refused(Refusal.ADDRESS_LIMIT);
  private static final Verdict AT_DESCRIPTOR_LIMIT = new Verdict.Refused(Refusal.FD_LIMIT);

  private final List<AdmissionStep> steps;
  private final Consumer<? super Channel> service;
  private final Consumer<Refusal> refused;

  /**
   * The way to {@code service}.
   *
   * @param refused is told each refusal that no other counts
   */
  AdmissionPath(
      List<AdmissionStep> steps, Consumer<? super Channel> service, Consumer<Refusal> refused) {
    this.steps = List.copyOf(steps);
    this.service = service;
    this.refused = refused;
  }

  /**
   * The steps in the order that is promised to every service: what costs least and needs no byte
   * comes first, and nobody is judged by an address before the effective one is known.
   *
   * @param header reads the PROXY header, where the listener requires one; else empty
   */
  static List<AdmissionStep> steps(
      ListenerLimit limit, List<AdmissionStep> header, Admission admission, OpenConnections open) {
    List<AdmissionStep> steps = new ArrayList<>();
    steps.add(limit);
    steps.add(channel -> descriptors(admission.descriptors(), admission.cost(), channel));
    steps.addAll(header);
    steps.add(AdmissionPath::clientAddress);
    steps.add(channel -> addressLimit(admission.addresses(), channel));
    steps.add(channel -> firewall(admission.firewall(), channel));
    steps.add(open);
    return steps;
  }

  @Override
  protected void initChannel(Channel channel) {
    walk(channel, 0);
  }

  private void walk(Channel channel, int from) {
    int next = from;
    while (next < steps.size()) {
      Verdict verdict = steps.get(next).admit(channel);
      next++;
      if (!passes(channel, verdict, next)) {
        return;
      }
    }
    service.accept(channel);
  }

  private boolean passes(Channel channel, Verdict verdict, int next) {
    return switch (verdict) {
      case Verdict.Admitted() -> true;
      case Verdict.Refused(Refusal reason) -> {
        refused.accept(reason);
        Refusal.reset(channel);
        yield false;
      }
      case Verdict.Dropped() -> {
        Refusal.reset(channel);
        yield false;
      }
      case Verdict.Pending(Future<Verdict> later) -> {
        later.addListener(known -> resume(channel, later, next));
        yield false;
      }
    };
  }

  private void resume(Channel channel, Future<Verdict> later, int next) {
    Verdict verdict = later.isSuccess() ? later.getNow() : Verdict.DROPPED;
    if (channel.isActive() && passes(channel, verdict, next)) {
      walk(channel, next);
    }
  }

  private static Verdict descriptors(DescriptorBudget budget, int cost, Channel channel) {
    if (!budget.admit(cost)) {
      return AT_DESCRIPTOR_LIMIT;
    }
    channel.closeFuture().addListener(closed -> budget.giveBack(cost));
    return Verdict.ADMITTED;
  }

  private static Verdict clientAddress(Channel channel) {
    if (ClientAddress.isKnown(channel)) {
      return Verdict.ADMITTED;
    }
    Optional<Endpoint> peer = ClientAddress.endpoint(channel.remoteAddress());
    peer.ifPresent(endpoint -> ClientAddress.set(channel, endpoint));
    return peer.isPresent() ? Verdict.ADMITTED : Verdict.DROPPED;
  }

  private static Verdict addressLimit(Admission.AddressLimit addresses, Channel channel) {
    if (ClientAddress.isAnonymous(channel)) {
      return Verdict.ADMITTED;
    }
    IpAddress client = ClientAddress.of(channel).address();
    if (!addresses.acquire(client)) {
      return AT_ADDRESS_LIMIT;
    }
    channel.closeFuture().addListener(closed -> addresses.release(client));
    return Verdict.ADMITTED;
  }

  private static Verdict firewall(Firewall firewall, Channel channel) {
    IpAddress client = ClientAddress.of(channel).address();
    Optional<Firewall.Reason> blocked =
        ClientAddress.isAnonymous(channel)
            ? firewall.blockedByRule(client)
            : firewall.blockedWithReason(client);
    if (blocked.isEmpty()) {
      return Verdict.ADMITTED;
    }
    log.atDebug()
        .setMessage("firewall_blocked")
        .addKeyValue("client", client)
        .addKeyValue("reason", blocked.get().label())
        .log();
    return Verdict.DROPPED;
  }
}
