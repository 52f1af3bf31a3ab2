package dev.gatehouse.watch.series;

import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.unit.Printable;

/** The detail of a listener that is stable enough for labels: no pid, no inode. */
record InfoTuple(Binding binding, String process, long uid, String unit, String container) {

  private static final int MAX_LABEL = 128;

  static InfoTuple of(Listener listener) {
    return new InfoTuple(
        listener.binding(),
        listener.owner().process(),
        listener.socketUid(),
        listener.owner().unit(),
        listener.owner().container());
  }

  String[] labels() {
    return new String[] {
      binding.protocol().label(),
      Integer.toString(binding.port()),
      binding.family().label(),
      binding.scope().label(),
      process,
      binding.address().toString(),
      Printable.of(binding.interfaceName(), MAX_LABEL),
      label(binding.v6Only()),
      Long.toString(uid),
      unit,
      container,
      binding.netns()
    };
  }

  private static String label(V6Only v6Only) {
    return switch (v6Only) {
      case UNKNOWN -> "";
      case YES -> "true";
      case NO -> "false";
    };
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(binding.address().low()) * 31 + binding.port()) * 31 + process.hashCode();
  }
}
