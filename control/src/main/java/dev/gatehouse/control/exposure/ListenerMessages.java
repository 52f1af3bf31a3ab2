package dev.gatehouse.control.exposure;

import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.v1.Drift;
import dev.gatehouse.v1.Listener;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Queues;

/** Listeners and drift of the watch as messages. */
final class ListenerMessages {

  private ListenerMessages() {}

  static Listener of(dev.gatehouse.watch.exposure.Listener listener) {
    Listener.Builder message =
        Listener.newBuilder()
            .setUid(listener.socketUid())
            .setUser(listener.user())
            .setSockets(listener.sockets())
            .setEphemeral(listener.ephemeral())
            .setVerdict(EnumMessages.of(listener.verdict()))
            .setNote(listener.note())
            .setService(listener.service());
    put(message, listener.binding());
    put(message, listener.owner());
    put(message, listener.queues());
    return message.build();
  }

  static Drift of(dev.gatehouse.watch.exposure.Drift drift) {
    Drift.Builder message =
        Drift.newBuilder()
            .setKind(EnumMessages.of(drift.kind()))
            .setExpected(drift.expected())
            .setSince(TimeMessages.of(drift.since()))
            .setRemedy(drift.remedy());
    drift.listener().map(ListenerMessages::of).ifPresent(message::setListener);
    return message.build();
  }

  private static void put(Listener.Builder message, Binding binding) {
    message
        .setProto(EnumMessages.of(binding.protocol()))
        .setFamily(EnumMessages.of(binding.family()))
        .setAddress(binding.address().toString())
        .setInterface(binding.interfaceName())
        .setPort(binding.port())
        .setScope(EnumMessages.of(binding.scope()))
        .setV6Only(EnumMessages.of(binding.v6Only()))
        .setNetns(binding.netns());
  }

  private static void put(Listener.Builder message, Owner owner) {
    message
        .setProcess(owner.process())
        .setUnit(owner.unit())
        .setContainer(owner.container())
        .setResolution(EnumMessages.of(owner.resolution()))
        .setExe(owner.exe());
    if (owner.pid() > 0) {
      message.setPid(owner.pid());
    }
    if (owner.uid() >= 0) {
      message.setOwnerUid(owner.uid());
    }
  }

  private static void put(Listener.Builder message, Queues queues) {
    message.setQueueLength(queues.length()).setQueueLimit(queues.limit()).setDrops(queues.drops());
  }
}
