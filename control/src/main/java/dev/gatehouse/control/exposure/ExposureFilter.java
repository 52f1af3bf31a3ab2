package dev.gatehouse.control.exposure;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.v1.GetExposureRequest;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.StreamExposureRequest;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.Listener;
import io.grpc.Status;

/**
 * Which part of an exposure a caller asked for.
 *
 * @param pageSize the most listeners in one answer
 */
public record ExposureFilter(
    AddressScope minScope, boolean driftOnly, boolean allNamespaces, int pageSize) {

  /** The most listeners in one answer, whatever the caller asks for. */
  static final int MAX_PAGE_SIZE = 10_000;

  /** Everything, of every namespace. */
  public static ExposureFilter everything() {
    return new ExposureFilter(AddressScope.NONE, false, true, MAX_PAGE_SIZE);
  }

  static ExposureFilter of(GetExposureRequest request) {
    return new ExposureFilter(
        scope(request.getMinScope(), request.getMinScopeValue()),
        false,
        request.getIncludeNamespaces(),
        pageSize(request.getPageSize()));
  }

  static ExposureFilter of(StreamExposureRequest request) {
    return new ExposureFilter(
        scope(request.getMinScope(), request.getMinScopeValue()),
        request.getDriftOnly(),
        false,
        MAX_PAGE_SIZE);
  }

  boolean admits(Listener listener) {
    return listener.scope().isAtLeast(minScope)
        && (allNamespaces || listener.binding().isOwnNetns());
  }

  /** What is missing has no scope of its own, and is never left out. */
  boolean admits(Drift drift) {
    return drift.listener().map(this::admits).orElse(true);
  }

  boolean admits(ExposureEvent event) {
    return switch (event) {
      case ExposureEvent.Opened e -> !driftOnly && admits(e.listener());
      case ExposureEvent.Closed e -> !driftOnly && admits(e.listener());
      case ExposureEvent.OwnerChanged e -> !driftOnly && admits(e.listener());
      case ExposureEvent.DriftBegan e -> admits(e.drift());
      case ExposureEvent.DriftResolved e -> admits(e.drift());
    };
  }

  private static AddressScope scope(Scope scope, int number) {
    return switch (scope) {
      case SCOPE_UNSPECIFIED -> AddressScope.NONE;
      case SCOPE_LOOPBACK -> AddressScope.LOOPBACK;
      case SCOPE_PRIVATE -> AddressScope.PRIVATE;
      case SCOPE_PUBLIC -> AddressScope.PUBLIC;
      case SCOPE_NONE, UNRECOGNIZED ->
          throw invalid(
              "min_scope: %d (expected: SCOPE_LOOPBACK, SCOPE_PRIVATE, SCOPE_PUBLIC)", number);
    };
  }

  private static int pageSize(int asked) {
    if (asked < 0 || asked > MAX_PAGE_SIZE) {
      throw invalid("page_size: %d (expected: 0-10000)", asked);
    }
    return asked == 0 ? MAX_PAGE_SIZE : asked;
  }

  private static RuntimeException invalid(String message, int given) {
    return Status.INVALID_ARGUMENT.withDescription(message.formatted(given)).asRuntimeException();
  }
}
