package dev.gatehouse.tracker.request;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tracker.RequestFault;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** All reasons for which a request is not granted, in the words of one tracker. */
public final class Rejections {

  private static final String INTERNAL_LABEL = "internal error";

  private final Map<RequestFault, Rejection> faults = new EnumMap<>(RequestFault.class);
  private final Rejection clientNotAllowed;
  private final Rejection torrentNotAllowed;
  private final Rejection missingToken;
  private final Rejection invalidToken;
  private final Rejection limitExceeded;
  private final Rejection internal;
  private final Rejection overload;

  /** The reasons of a tracker of that name. */
  public Rejections(String name) {
    for (RequestFault fault : RequestFault.values()) {
      faults.put(fault, fixed(fault.label()));
    }
    clientNotAllowed = fixed("client not allowed by " + name);
    torrentNotAllowed = fixed("torrent not allowed by " + name);
    missingToken = fixed("request not allowed by " + name + ": missing jwt");
    invalidToken = fixed("request not allowed by " + name + ": invalid jwt");
    limitExceeded = new Rejection("request limit exceeded", "request limit exceeded", true);
    internal = new Rejection(name + " internal error", INTERNAL_LABEL, false);
    overload = new Rejection(name + " internal error", INTERNAL_LABEL, true);
  }

  private static Rejection fixed(String text) {
    return new Rejection(text, text, false);
  }

  /** What a reader of requests found wrong. */
  public Rejection of(RequestFault fault) {
    return Objects.requireNonNull(faults.get(fault));
  }

  /** As {@link #of(RequestFault)}, for a reader that gives those and no others. */
  public Rejection of(Decoded.Fault fault) {
    return fault instanceof RequestFault known ? of(known) : internal;
  }

  public Rejection clientNotAllowed() {
    return clientNotAllowed;
  }

  public Rejection torrentNotAllowed() {
    return torrentNotAllowed;
  }

  public Rejection missingToken() {
    return missingToken;
  }

  public Rejection invalidToken() {
    return invalidToken;
  }

  /** The client asks too often. */
  public Rejection limitExceeded() {
    return limitExceeded;
  }

  /** More requests wait than may. */
  public Rejection overload() {
    return overload;
  }

  /** What went wrong here is nothing that a client is told. */
  public Rejection internal() {
    return internal;
  }
}
