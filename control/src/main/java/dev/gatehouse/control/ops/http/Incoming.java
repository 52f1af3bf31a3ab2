package dev.gatehouse.control.ops.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

/** What a peer sent, as one unit. */
sealed interface Incoming {

  /** A whole request; its body has been thrown away. */
  record Request(HttpMethod method, Target target, HttpHeaders headers, boolean keepAlive)
      implements Incoming {

    boolean isHead() {
      return method.equals(HttpMethod.HEAD);
    }
  }

  /** Bytes after which nothing on the connection can be trusted. */
  record Unreadable(HttpResponseStatus status) implements Incoming {}
}
