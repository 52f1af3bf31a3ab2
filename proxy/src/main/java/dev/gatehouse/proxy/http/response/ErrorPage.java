package dev.gatehouse.proxy.http.response;

import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HttpVersion;
import dev.gatehouse.wire.http.StatusLine;

/**
 * A response of the proxy itself.
 *
 * <p>It says the status and the request's name, by which the log line is found that knows the
 * cause. No text of a client, of a backend or of an exception is ever in it.
 *
 * @param fields without those of the connection
 * @param body empty where there is none to be sent, whatever the fields tell of it
 */
public record ErrorPage(ErrorStatus status, Fields fields, String body) {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final Fields UNCACHED = Fields.NONE.with("Cache-Control", "no-store");

  /** The page for people and programs. */
  public static ErrorPage of(ErrorStatus status, Stamp stamp) {
    String body = status.code() + " " + status.reason() + "\nrequest " + stamp.requestId() + '\n';
    Fields fields =
        Fields.NONE
            .with(CONTENT_TYPE, "text/plain; charset=utf-8")
            .with(UNCACHED)
            .with(new Framing.Length(body.length()).http1())
            .with(status.fields());
    return new ErrorPage(status, stamp.on(fields), body);
  }

  /** The same for a call of gRPC: one block of fields that is head and trailer at once. */
  public static ErrorPage grpc(ErrorStatus status, Stamp stamp) {
    return grpc(status, status.grpcStatus(), stamp);
  }

  /** The same where the backend has said more than the status can. */
  public static ErrorPage grpc(ErrorStatus status, int grpcStatus, Stamp stamp) {
    Fields fields =
        Fields.NONE
            .with(CONTENT_TYPE, "application/grpc")
            .with(UNCACHED)
            .with(status.fields())
            .with("grpc-status", Integer.toString(grpcStatus))
            .with("grpc-message", status.reason());
    return new ErrorPage(status, stamp.on(fields), "");
  }

  /** The answer to HEAD: the same without its body. */
  public ErrorPage withoutBody() {
    return new ErrorPage(status, fields, "");
  }

  /**
   * Its head for a client of HTTP/1.
   *
   * @param last whether the connection ends with it
   */
  public Head<StatusLine> http1(boolean last) {
    return new Head<>(
        new StatusLine(HttpVersion.HTTP_1_1, status.code(), status.reason()),
        last ? fields.with("Connection", "close") : fields);
  }

  /** Its head for a client of HTTP/2; without a body, the stream ends with it. */
  public Http2Response http2() {
    return new Http2Response(status.code(), fields);
  }
}
