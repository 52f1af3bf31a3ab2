package dev.gatehouse.proxy.exchange;

import dev.gatehouse.net.connect.DialFailure;
import dev.gatehouse.proxy.http.response.ResponseFault;
import dev.gatehouse.proxy.upstream.http.BackendFailure;
import dev.gatehouse.proxy.upstream.http.BackendFailure.Unprocessed.Reason;
import java.util.Locale;

/** Failures by the words for them. */
final class Failures {

  private Failures() {}

  static BackendFailure named(String name) {
    return switch (name) {
      case "backend_full" -> new BackendFailure.Full();
      case "backend_closed" -> new BackendFailure.Broken(false);
      case "backend_reset" -> new BackendFailure.Reset(2);
      case "bad_response_framing" -> new BackendFailure.Malformed(ResponseFault.FRAMING);
      case "backend_protocol" -> new BackendFailure.OtherProtocol();
      case "refused_stream" -> new BackendFailure.Unprocessed(Reason.REFUSED_STREAM);
      case "goaway" -> new BackendFailure.Unprocessed(Reason.GOAWAY);
      default -> new BackendFailure.NotDialled(DialFailure.valueOf(name.toUpperCase(Locale.ROOT)));
    };
  }
}
