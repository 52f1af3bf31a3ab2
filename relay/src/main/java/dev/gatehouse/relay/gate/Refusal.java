package dev.gatehouse.relay.gate;

/** Why a connection was not upgraded, in the order of the gates. */
public enum Refusal {
  /** The request is for another host. */
  MISDIRECTED(421, "reject_421", ""),
  /** Nobody may connect any more. */
  DRAINING(503, "reject_503", ""),
  RATE_LIMIT(429, "reject_rate_limit", "ratelimit"),
  CLIENT_LIMIT(429, "reject_client_limit", "client_limit"),
  CAPACITY(503, "reject_503", "capacity"),
  HEADERS(400, "reject_headers", ""),
  /** A binary may not have this server-id. */
  DENIED(403, "reject_403", "denied"),
  /** The request asks for no WebSocket that is spoken here. */
  HANDSHAKE(400, "reject_handshake", "");

  private final int status;
  private final String outcome;
  private final String kind;

  Refusal(int status, String outcome, String kind) {
    this.status = status;
    this.outcome = outcome;
    this.kind = kind;
  }

  /** The status of the answer, where nothing more exact is said. */
  public int status() {
    return status;
  }

  /** The word for this among the outcomes of upgrades. */
  public String outcome() {
    return outcome;
  }

  /** The word for this among the failures to register; empty if it is none of them. */
  public String kind() {
    return kind;
  }
}
