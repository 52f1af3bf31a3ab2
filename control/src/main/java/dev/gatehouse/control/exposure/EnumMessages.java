package dev.gatehouse.control.exposure;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.v1.Direction;
import dev.gatehouse.v1.DriftKind;
import dev.gatehouse.v1.Family;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.Resolution;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.Source;
import dev.gatehouse.v1.V6Only;
import dev.gatehouse.v1.Verdict;

/** The closed sets of the watch as values of the control API. */
final class EnumMessages {

  private EnumMessages() {}

  static Protocol of(dev.gatehouse.net.sockets.Protocol protocol) {
    return switch (protocol) {
      case TCP -> Protocol.PROTOCOL_TCP;
      case UDP -> Protocol.PROTOCOL_UDP;
    };
  }

  static Family of(AddressFamily family) {
    return switch (family) {
      case IPV4 -> Family.FAMILY_IPV4;
      case IPV6 -> Family.FAMILY_IPV6;
    };
  }

  static Scope of(AddressScope scope) {
    return switch (scope) {
      case NONE -> Scope.SCOPE_NONE;
      case LOOPBACK -> Scope.SCOPE_LOOPBACK;
      case PRIVATE -> Scope.SCOPE_PRIVATE;
      case PUBLIC -> Scope.SCOPE_PUBLIC;
    };
  }

  static Source of(SocketSource source) {
    return switch (source) {
      case NETLINK -> Source.SOURCE_NETLINK;
      case PROC -> Source.SOURCE_PROC;
    };
  }

  static V6Only of(dev.gatehouse.net.sockets.V6Only v6Only) {
    return switch (v6Only) {
      case UNKNOWN -> V6Only.V6_ONLY_UNKNOWN;
      case YES -> V6Only.V6_ONLY_YES;
      case NO -> V6Only.V6_ONLY_NO;
    };
  }

  static Resolution of(dev.gatehouse.watch.exposure.Resolution resolution) {
    return switch (resolution) {
      case FD -> Resolution.RESOLUTION_FD;
      case CGROUP -> Resolution.RESOLUTION_CGROUP;
      case KERNEL -> Resolution.RESOLUTION_KERNEL;
      case HIDDEN -> Resolution.RESOLUTION_HIDDEN;
      case PENDING -> Resolution.RESOLUTION_PENDING;
      case OFF -> Resolution.RESOLUTION_OFF;
    };
  }

  static Verdict of(dev.gatehouse.watch.exposure.Verdict verdict) {
    return switch (verdict) {
      case OWN -> Verdict.VERDICT_OWN;
      case SELF -> Verdict.VERDICT_SELF;
      case IGNORED -> Verdict.VERDICT_IGNORED;
      case UNJUDGED -> Verdict.VERDICT_UNJUDGED;
      case UNEXPECTED -> Verdict.VERDICT_UNEXPECTED;
      case EXPECTED -> Verdict.VERDICT_EXPECTED;
      case UNVERIFIED -> Verdict.VERDICT_UNVERIFIED;
      case WIDER -> Verdict.VERDICT_WIDER;
      case OWNER -> Verdict.VERDICT_OWNER;
    };
  }

  static DriftKind of(dev.gatehouse.watch.exposure.DriftKind kind) {
    return switch (kind) {
      case UNEXPECTED -> DriftKind.DRIFT_KIND_UNEXPECTED;
      case WIDER -> DriftKind.DRIFT_KIND_WIDER;
      case OWNER -> DriftKind.DRIFT_KIND_OWNER;
      case MISSING -> DriftKind.DRIFT_KIND_MISSING;
      case SELF -> DriftKind.DRIFT_KIND_SELF;
    };
  }

  static Direction of(dev.gatehouse.watch.exposure.Direction direction) {
    return switch (direction) {
      case INBOUND -> Direction.DIRECTION_INBOUND;
      case OUTBOUND -> Direction.DIRECTION_OUTBOUND;
    };
  }
}
