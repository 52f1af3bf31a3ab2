package dev.gatehouse.proxy.http.response;

import dev.gatehouse.wire.http.Fields;

/** What the guard finds about the head of a response. */
public sealed interface ResponseVerdict {

  /** News in between; the response itself is still to come. */
  record Interim(int status, Fields fields) implements ResponseVerdict {}

  /** The response. */
  record Final(Response response) implements ResponseVerdict {}

  /** The backend turns to WebSocket, as it was asked. */
  record Switching(Fields fields) implements ResponseVerdict {}

  /** No response: the client gets 502, and the connection is closed. */
  record Bad(ResponseFault fault) implements ResponseVerdict {}
}
