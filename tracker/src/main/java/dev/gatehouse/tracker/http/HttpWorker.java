package dev.gatehouse.tracker.http;

import dev.gatehouse.wire.tracker.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;

/** What all connections of one loop use in turn, since one request is looked at at a time. */
final class HttpWorker {

  private static final int USUAL_BODY = 2048;

  private final RequestHead head;
  private final ByteBuf body = Unpooled.buffer(USUAL_BODY);
  private final Deque<HttpExchange> spares = new ArrayDeque<>();

  HttpWorker(int maxHeaderSize) {
    head = new RequestHead(maxHeaderSize);
  }

  /** The head of the request that is looked at. */
  RequestHead head() {
    return head;
  }

  /** Empty, for the body of the answer that is written next. */
  ByteBuf body() {
    return body.clear();
  }

  HttpExchange take() {
    HttpExchange spare = spares.poll();
    return spare == null ? new HttpExchange() : spare;
  }

  void giveBack(HttpExchange exchange) {
    spares.push(exchange);
  }
}
