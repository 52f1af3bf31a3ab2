package dev.gatehouse.relay.gate;

/**
 * Why a WebSocket connection ends, with the code and the reason that its peer is told
 * (specification of the relay, section 2.13).
 */
public enum CloseCause {
  PEER_CLOSE("peer_close", 1000, ""),
  PEER_DROP("peer_drop", 1001, ""),
  DIRECTIVE("directive", 1000, ""),
  ILLEGAL_DIRECTIVE("directive", 1011, ""),
  INVALID_JSON("invalid_json", 1007, "invalid json"),
  BINARY_GONE("binary_gone", 4404, "binary disconnected"),
  GRACE_EXPIRED("grace_expired", 4404, "binary did not return"),
  RECLAIMED("reclaimed", 4404, "binary reclaimed server-id"),
  TAKEOVER("takeover", 1011, "heartbeat timeout"),
  HEARTBEAT("heartbeat", 1011, "heartbeat timeout"),
  OUTBOX_FULL("outbox_full", 1011, "phone backlog full"),
  PHONE_WRITE_FAILED("write_failed", 1011, "phone write failed"),
  BINARY_WRITE_FAILED("write_failed", 1011, "write timeout"),
  TOO_BIG("too_big", 1009, "message too big"),
  MESSAGE_TIMEOUT("message_timeout", 1001, ""),
  PROTOCOL_ERROR("protocol_error", 1002, "protocol error"),
  NOT_TEXT("protocol_error", 1007, ""),
  NO_SERVER("no_server", 4404, "no server with that id"),
  AT_CAP("at_cap", 4429, "too many phones for server-id"),
  CONFLICT("conflict", 4409, "server-id already claimed"),
  KICKED("kicked", 1001, "kicked by operator"),
  KICKED_AWAY("kicked", 4404, "no server with that id"),
  SHUTDOWN("shutdown", 1001, "shutting down");

  private static final Close LEGACY = new Close(1000, "");

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // a record of a number and a text
  private final Close close;

  CloseCause(String label, int code, String reason) {
    this.label = label;
    this.close = new Close(code, reason);
  }

  /** The word for this in metrics. */
  public String label() {
    return label;
  }

  /** What the peer is told. */
  public Close close() {
    return close;
  }

  /** What the peer was told by the predecessor, which had one code for all of these. */
  public Close legacyClose() {
    return switch (this) {
      case INVALID_JSON, BINARY_GONE, GRACE_EXPIRED -> LEGACY;
      case PEER_CLOSE,
          PEER_DROP,
          DIRECTIVE,
          ILLEGAL_DIRECTIVE,
          RECLAIMED,
          TAKEOVER,
          HEARTBEAT,
          OUTBOX_FULL,
          PHONE_WRITE_FAILED,
          BINARY_WRITE_FAILED,
          TOO_BIG,
          MESSAGE_TIMEOUT,
          PROTOCOL_ERROR,
          NOT_TEXT,
          NO_SERVER,
          AT_CAP,
          CONFLICT,
          KICKED,
          KICKED_AWAY,
          SHUTDOWN ->
          close;
    };
  }
}
