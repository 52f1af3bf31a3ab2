package dev.gatehouse.proxy.upstream.http;

import dev.gatehouse.net.connect.DialFailure;
import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.response.ResponseFault;

/** Why an exchange with a backend came to no good end. */
public sealed interface BackendFailure {

  /** No backend took the connection. */
  record NotDialled(DialFailure cause) implements BackendFailure {}

  /** The backend has as many connections as it may have. */
  record Full() implements BackendFailure {}

  /**
   * The connection ended.
   *
   * @param reused whether it was older than the request, so that it may have ended before
   */
  record Broken(boolean reused) implements BackendFailure {}

  /** The backend says that it has not looked at the request (RFC 9113 section 8.7). */
  record Unprocessed(Reason reason) implements BackendFailure {
    /** How it says so. */
    public enum Reason {
      REFUSED_STREAM("refused_stream"),
      GOAWAY("goaway");

      private final String label;

      Reason(String label) {
        this.label = label;
      }

      /** The word for this in metrics. */
      public String label() {
        return label;
      }
    }
  }

  /** The backend gave the stream up. */
  record Reset(long code) implements BackendFailure {}

  /** What it sent is no response. */
  record Malformed(ResponseFault fault) implements BackendFailure {}

  /** It speaks another version of HTTP, which is known from now on. */
  record OtherProtocol() implements BackendFailure {}

  /** The word for this in logs. */
  default String label() {
    return switch (this) {
      case NotDialled(DialFailure cause) -> "dial_" + cause.label();
      case Full() -> "backend_full";
      case Broken(boolean _) -> "backend_closed";
      case Unprocessed(Unprocessed.Reason reason) -> reason.label();
      case Reset(long _) -> "backend_reset";
      case Malformed(ResponseFault fault) -> "bad_response_" + fault.label();
      case OtherProtocol() -> "backend_protocol";
    };
  }

  /** What the client is told of it (RFC 9110 section 15.6). */
  default ErrorStatus status() {
    return switch (this) {
      case NotDialled(DialFailure cause) ->
          cause == DialFailure.TIMEOUT ? ErrorStatus.GATEWAY_TIMEOUT : ErrorStatus.BAD_GATEWAY;
      case Full() -> ErrorStatus.SERVICE_UNAVAILABLE;
      case Broken _, Unprocessed _, Reset _, Malformed _, OtherProtocol _ ->
          ErrorStatus.BAD_GATEWAY;
    };
  }
}
