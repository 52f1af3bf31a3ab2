package dev.gatehouse.cli.exposure;

import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.v1.Family;
import dev.gatehouse.v1.Listener;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.Resolution;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.V6Only;
import dev.gatehouse.v1.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One listener as the cells of a row. */
final class ListenerCells {

  private static final String UNKNOWN = "-";
  private static final String OWN_NETNS = "own";
  private static final Set<Verdict> DRIFT =
      EnumSet.of(
          Verdict.VERDICT_SELF,
          Verdict.VERDICT_UNEXPECTED,
          Verdict.VERDICT_WIDER,
          Verdict.VERDICT_OWNER);

  private ListenerCells() {}

  static List<String> of(Listener listener) {
    return List.of(
        proto(listener),
        address(listener) + twins(listener),
        Words.of(listener.getScope()),
        process(listener),
        listener.hasPid() ? Integer.toString(listener.getPid()) : UNKNOWN,
        PlainText.orDash(listener.getUser()),
        unit(listener),
        queue(listener),
        verdict(listener));
  }

  static TextStyle style(Listener listener) {
    if (DRIFT.contains(listener.getVerdict())) {
      return TextStyle.RED;
    }
    if (listener.getVerdict() == Verdict.VERDICT_OWN) {
      return TextStyle.DIM;
    }
    return listener.getScope() == Scope.SCOPE_PUBLIC ? TextStyle.YELLOW : TextStyle.PLAIN;
  }

  /** The socket that takes IPv4 through its IPv6 wildcard says so. */
  static String proto(Listener listener) {
    boolean both = listener.getAddress().equals("::") && listener.getV6Only() == V6Only.V6_ONLY_NO;
    return Words.of(listener.getProto()) + (both ? "46" : "");
  }

  static String address(Listener listener) {
    String device = listener.getInterface().isEmpty() ? "" : "%" + listener.getInterface();
    String address = PlainText.of(listener.getAddress() + device);
    return (listener.getFamily() == Family.FAMILY_IPV6 ? "[" + address + "]" : address)
        + ":"
        + listener.getPort();
  }

  private static String twins(Listener listener) {
    return listener.getSockets() > 1 ? " ×" + listener.getSockets() : "";
  }

  private static String process(Listener listener) {
    Resolution resolution = listener.getResolution();
    if (!listener.getProcess().isEmpty()) {
      return PlainText.of(listener.getProcess())
          + (resolution == Resolution.RESOLUTION_CGROUP ? "~" : "");
    }
    return switch (resolution) {
      case RESOLUTION_KERNEL, RESOLUTION_HIDDEN, RESOLUTION_PENDING ->
          "- (" + Words.of(resolution) + ")";
      case RESOLUTION_FD, RESOLUTION_CGROUP, RESOLUTION_OFF, RESOLUTION_UNSPECIFIED, UNRECOGNIZED ->
          UNKNOWN;
    };
  }

  private static String unit(Listener listener) {
    if (!listener.getNetns().equals(OWN_NETNS) && !listener.getNetns().isEmpty()) {
      return "netns " + PlainText.of(listener.getNetns());
    }
    return listener.getContainer().isEmpty()
        ? PlainText.orDash(listener.getUnit())
        : "container " + PlainText.of(listener.getContainer());
  }

  private static String queue(Listener listener) {
    if (listener.getProto() == Protocol.PROTOCOL_UDP) {
      return listener.getDrops() < 0 ? UNKNOWN : "drops " + listener.getDrops();
    }
    return listener.getQueueLength() < 0
        ? UNKNOWN
        : listener.getQueueLength() + "/" + orUnknown(listener.getQueueLimit());
  }

  private static String orUnknown(long number) {
    return number < 0 ? UNKNOWN : Long.toString(number);
  }

  /** Drift is in capitals, so that it is seen without colours too. */
  private static String verdict(Listener listener) {
    String word = Words.of(listener.getVerdict());
    String detail =
        listener.getVerdict() == Verdict.VERDICT_OWN ? listener.getService() : listener.getNote();
    return (DRIFT.contains(listener.getVerdict()) ? word.toUpperCase(Locale.ROOT) : word)
        + (detail.isEmpty() ? "" : " (" + PlainText.of(detail) + ")");
  }
}
