package dev.gatehouse.control.ops.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives the next handler one whole request for each {@code read}, in order.
 *
 * <p>Requests that arrived together wait here. What waits is bounded by one read of the socket,
 * since the socket is only read when nothing waits.
 */
final class RequestReader extends ChannelDuplexHandler {

  private final Timeouts timeouts;
  private final Deque<HttpObject> waiting = new ArrayDeque<>();
  private @Nullable HttpRequest head;
  private int bodyBytes;
  private boolean wanted;
  private boolean ended;
  private boolean broken;

  RequestReader(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (broken || !(message instanceof HttpObject part)) {
      ReferenceCountUtil.release(message);
      return;
    }
    waiting.add(part);
    deliver(context);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (wanted) {
      context.read();
    }
  }

  @Override
  public void read(ChannelHandlerContext context) {
    wanted = true;
    deliver(context);
    if (wanted) {
      context.read();
    }
  }

  /** A peer may end its side after a request and still wait for the answer. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ended = true;
      deliver(context);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    broken = true;
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  private void deliver(ChannelHandlerContext context) {
    while (wanted && !waiting.isEmpty()) {
      HttpObject part = waiting.remove();
      try {
        take(part).ifPresent(incoming -> hand(context, incoming));
      } finally {
        ReferenceCountUtil.release(part);
      }
    }
    if (wanted && ended) {
      context.close();
    }
  }

  private void hand(ChannelHandlerContext context, Incoming incoming) {
    wanted = false;
    head = null;
    broken = incoming instanceof Incoming.Unreadable;
    timeouts.requestComplete();
    context.fireChannelRead(incoming);
  }

  /** An invalid request is also an empty body, hence the order. */
  private Optional<Incoming> take(HttpObject part) {
    if (part instanceof HttpRequest request) {
      return begin(request);
    }
    return part instanceof HttpContent content ? body(content) : Optional.empty();
  }

  private Optional<Incoming> begin(HttpRequest request) {
    timeouts.headerComplete();
    head = request;
    bodyBytes = 0;
    return RequestCheck.error(request).map(Incoming.Unreadable::new);
  }

  private Optional<Incoming> body(HttpContent content) {
    bodyBytes += content.content().readableBytes();
    if (content.decoderResult().isFailure()) {
      return unreadable(RequestCheck.undecodable(content.decoderResult()));
    }
    if (bodyBytes > Limits.BODY_BYTES) {
      return unreadable(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    }
    return content instanceof LastHttpContent && head != null ? whole(head) : Optional.empty();
  }

  private static Optional<Incoming> whole(HttpRequest request) {
    Optional<Target> target = Target.parse(request.uri());
    if (target.isEmpty()) {
      return unreadable(HttpResponseStatus.BAD_REQUEST);
    }
    return Optional.of(
        new Incoming.Request(
            request.method(), target.get(), request.headers(), HttpUtil.isKeepAlive(request)));
  }

  private static Optional<Incoming> unreadable(HttpResponseStatus status) {
    return Optional.of(new Incoming.Unreadable(status));
  }
}
