package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Fields;

/** The statuses with which the proxy itself answers. */
public enum ErrorStatus {
  BAD_REQUEST(400, "Bad Request", 13),
  FORBIDDEN(403, "Forbidden", 7),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed", 2),
  REQUEST_TIMEOUT(408, "Request Timeout", 2),
  CONTENT_TOO_LARGE(413, "Content Too Large", 2),
  URI_TOO_LONG(414, "URI Too Long", 2),
  EXPECTATION_FAILED(417, "Expectation Failed", 2),
  MISDIRECTED_REQUEST(421, "Misdirected Request", 2),
  TOO_MANY_REQUESTS(429, "Too Many Requests", 14),
  REQUEST_HEADER_FIELDS_TOO_LARGE(431, "Request Header Fields Too Large", 2),
  NOT_IMPLEMENTED(501, "Not Implemented", 2),
  BAD_GATEWAY(502, "Bad Gateway", 14),
  SERVICE_UNAVAILABLE(503, "Service Unavailable", 14),
  GATEWAY_TIMEOUT(504, "Gateway Timeout", 14),
  HTTP_VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported", 2);

  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private final int code;
  private final String reason;
  private final int grpcStatus;

  ErrorStatus(int code, String reason, int grpcStatus) {
    this.code = code;
    this.reason = reason;
    this.grpcStatus = grpcStatus;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  /** What gRPC makes of it: UNKNOWN, PERMISSION_DENIED, INTERNAL or UNAVAILABLE. */
  public int grpcStatus() {
    return grpcStatus;
  }

  /** The fields without which this status does not say enough. */
  public Fields fields() {
    if (this == METHOD_NOT_ALLOWED) {
      return Fields.NONE.with("Allow", METHODS);
    }
    return this == SERVICE_UNAVAILABLE || this == TOO_MANY_REQUESTS
        ? Fields.NONE.with("Retry-After", "1")
        : Fields.NONE;
  }
}
