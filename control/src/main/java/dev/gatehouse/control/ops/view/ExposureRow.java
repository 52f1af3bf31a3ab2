package dev.gatehouse.control.ops.view;

import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Queues;
import dev.gatehouse.watch.exposure.Verdict;
import java.util.List;
import java.util.Locale;

/** One listener in the words of the table. */
final class ExposureRow {

  static final List<String> COLUMNS =
      List.of("PROTO", "ADDRESS", "SCOPE", "PROCESS", "PID", "USER", "UNIT", "QUEUE", "VERDICT");

  private static final String UNKNOWN = "-";

  private ExposureRow() {}

  static List<String> cells(Listener listener) {
    Owner owner = listener.owner();
    return List.of(
        protocol(listener.binding()),
        address(listener),
        listener.scope().label(),
        process(owner),
        owner.pid() < 0 ? UNKNOWN : Integer.toString(owner.pid()),
        orUnknown(listener.user()),
        unit(owner),
        queue(listener.binding().protocol(), listener.queues()),
        verdict(listener));
  }

  /** Whether the host differs here from what was expected of it. */
  static boolean isDrift(Listener listener) {
    return switch (listener.verdict()) {
      case SELF, UNEXPECTED, WIDER, OWNER -> true;
      case OWN, IGNORED, UNJUDGED, EXPECTED, UNVERIFIED -> false;
    };
  }

  private static String protocol(Binding binding) {
    boolean both = binding.address().isWildcard() && binding.v6Only() == V6Only.NO;
    return binding.protocol().label() + (both ? "46" : "");
  }

  private static String address(Listener listener) {
    Binding binding = listener.binding();
    String address =
        switch (binding.family()) {
          case IPV4 -> binding.address().toString();
          case IPV6 -> "[" + binding.address() + "]";
        };
    String device = binding.interfaceName().isEmpty() ? "" : "%" + binding.interfaceName();
    String twins = listener.sockets() > 1 ? " \u00d7" + listener.sockets() : "";
    return address + device + ":" + binding.port() + twins;
  }

  private static String process(Owner owner) {
    return switch (owner.resolution()) {
      case FD -> orUnknown(owner.process());
      case CGROUP -> owner.process() + "~";
      case KERNEL, HIDDEN, PENDING -> UNKNOWN + " (" + owner.resolution().label() + ")";
      case OFF -> UNKNOWN;
    };
  }

  private static String unit(Owner owner) {
    return owner.container().isEmpty() ? orUnknown(owner.unit()) : "container " + owner.container();
  }

  private static String queue(Protocol protocol, Queues queues) {
    return switch (protocol) {
      case TCP ->
          queues.length() < 0 || queues.limit() < 0
              ? UNKNOWN
              : queues.length() + "/" + queues.limit();
      case UDP -> queues.drops() < 0 ? UNKNOWN : "drops " + queues.drops();
    };
  }

  private static String verdict(Listener listener) {
    String word =
        isDrift(listener)
            ? listener.verdict().label().toUpperCase(Locale.ROOT)
            : listener.verdict().label();
    String more = listener.verdict() == Verdict.OWN ? listener.service() : listener.note();
    return more.isEmpty() ? word : word + " (" + more + ")";
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? UNKNOWN : text;
  }
}
