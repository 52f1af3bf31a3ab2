package dev.gatehouse.proxy.l7.http1;

import dev.gatehouse.net.listen.HeldBytes;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.RequestContext;
import dev.gatehouse.proxy.exchange.TunnelMouth;
import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.http.guard.Verdict;
import dev.gatehouse.proxy.http.guard.Verdict.Refused;
import dev.gatehouse.proxy.http.response.ErrorPage;
import dev.gatehouse.proxy.l7.connection.Farewell;
import dev.gatehouse.proxy.l7.connection.HttpTerms;
import dev.gatehouse.proxy.l7.connection.L7Connection;
import dev.gatehouse.proxy.l7.connection.RequestGate;
import dev.gatehouse.proxy.l7.http1.Http1Watch.Waits;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Dropped;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Http1Encoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of HTTP/1: requests one by one, each read only when the response to the one
 * before it has ended.
 *
 * <p>After a syntax error nothing is read again: the answer, then the end.
 */
public final class Http1Frontend extends ChannelInboundHandlerAdapter
    implements Exchange.Owner, Http1Watch.Watched {

  /** What a client may have sent ahead while its request is served. */
  private static final int MOST_AHEAD = 16 * 1024;

  /** What is read and thrown away, so that an answer is not lost to a reset. */
  private static final int MOST_DISCARDED = 64 * 1024;

  private final L7Connection connection;
  private final HeldBytes held = new HeldBytes();
  private final Http1Watch watch;
  private final Http1Heads heads;
  private Phase phase = Phase.HEAD;
  private @Nullable Http1Body body;
  private @Nullable Exchange exchange;
  private @Nullable ChannelHandlerContext context;
  private int requests;
  private int discarded;
  private boolean draining;
  private boolean working;

  private enum Phase {
    /** A request may begin, or has. */
    HEAD,
    BODY,
    /** The request is whole, its response is not. */
    RESPONSE,
    /** What comes is of no use to anybody; the end is near. */
    DISCARD,
    CLOSED
  }

  public Http1Frontend(L7Connection connection) {
    this.connection = connection;
    this.heads = new Http1Heads(shared().guard(), connection.asked());
    this.watch = new Http1Watch(this, shared().settings().timeouts(), shared().now());
  }

  // what comes in

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    shared().sweep().add(added.channel().eventLoop(), watch);
    added.read();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    shared().sweep().remove(removed.channel().eventLoop(), watch);
    held.discard();
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    if (phase == Phase.DISCARD || phase == Phase.CLOSED) {
      discard((ByteBuf) message);
    } else {
      ByteBuf _ = held.add(from.alloc(), (ByteBuf) message);
      work();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    if (exchange != null) {
      exchange.clientReadComplete();
    }
    // beside a response, to learn of the client's end, as long as it says little
    boolean ahead = phase == Phase.RESPONSE && held.length() < MOST_AHEAD;
    if (ahead || phase == Phase.HEAD || phase == Phase.DISCARD) {
      from.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext from) {
    if (exchange != null && from.channel().isWritable()) {
      exchange.clientWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    gone(CloseCause.CLIENT_CLOSED);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    gone(CloseCause.CLIENT_RESET);
    from.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (event == Listener.Event.DRAIN) {
      draining = true;
      if (phase == Phase.HEAD && !held.isReadable()) {
        close(CloseCause.SHUTDOWN);
      }
    }
    from.fireUserEventTriggered(event);
  }

  private void gone(CloseCause cause) {
    connection.end().because(cause);
    phase = Phase.CLOSED;
    Exchange now = exchange;
    if (now != null) {
      exchange = null;
      now.clientGone();
    }
  }

  /** Reads what there is; an exchange that ends meanwhile does not begin the work a second time. */
  private void work() {
    if (working) {
      return;
    }
    working = true;
    boolean more = true;
    while (more && (held.isReadable() || phase == Phase.BODY)) {
      more =
          switch (phase) {
            case HEAD -> head(held.bytes());
            case BODY -> body(held.isEmpty() ? Unpooled.EMPTY_BUFFER : held.bytes());
            case RESPONSE, DISCARD, CLOSED -> false;
          };
    }
    if (!held.isReadable() || phase == Phase.DISCARD || phase == Phase.CLOSED) {
      held.discard();
    }
    working = false;
  }

  private boolean head(ByteBuf in) {
    watch.headBegun(shared().now());
    return switch (heads.next(in)) {
      case Http1Heads.Next.Nothing() -> false;
      case Http1Heads.Next.Broken(Verdict.Refused refused) -> refuse(refused);
      case Http1Heads.Next.Sound(Request request, int underscores) -> {
        connection.client().traffic().dropped(Dropped.UNDERSCORE, underscores);
        yield accepted(request);
      }
    };
  }

  private boolean accepted(Request request) {
    requests++;
    phase = request.framing().isEmpty() ? Phase.RESPONSE : Phase.BODY;
    watch.waits(Waits.FOR_EXCHANGE, shared().now());
    return switch (shared().gate().decide(connection, request)) {
      case RequestGate.Decision.Admitted(RequestContext admitted) -> begin(admitted);
      case RequestGate.Decision.Denied denied -> deny(request, denied);
    };
  }

  private boolean begin(RequestContext admitted) {
    Http1Reply reply = new Http1Reply(this, channel(), admitted);
    Exchange made = new Exchange(shared().exchanges(), admitted, reply, this);
    exchange = made;
    if (phase == Phase.BODY) {
      body = Http1Body.of(admitted.request().framing(), shared().guard().limits());
    } else {
      made.bodyless();
    }
    made.begin();
    return true;
  }

  private boolean body(ByteBuf in) {
    Exchange now = exchange;
    Http1Body reading = body;
    if (now == null || reading == null) {
      return false;
    }
    return switch (reading.next(in)) {
      case Http1Body.Next.Nothing() -> false;
      case Http1Body.Next.Data(ByteBuf bytes) -> {
        now.body(bytes);
        yield true;
      }
      case Http1Body.Next.End(Fields trailer) -> {
        ended(now, trailer);
        yield true;
      }
      case Http1Body.Next.Broken(RefusalReason reason) -> {
        now.refuse(ErrorStatus.BAD_REQUEST, reason);
        yield false;
      }
    };
  }

  private void ended(Exchange now, Fields trailer) {
    phase = Phase.RESPONSE;
    body = null;
    now.bodyEnd(trailer);
    now.clientReadComplete();
  }

  // what is answered here

  private boolean refuse(Refused refused) {
    String id = shared().newRequestId();
    connection.refused(refused, id);
    connection.end().because(CloseCause.REFUSED);
    answer(ErrorPage.of(refused.status(), shared().stamp(id)), true);
    return false;
  }

  private boolean deny(Request request, RequestGate.Decision.Denied denied) {
    connection.denied(request, denied.status().code(), denied.requestId(), denied.cause());
    ErrorPage page = ErrorPage.of(denied.status(), shared().stamp(denied.requestId()));
    boolean last = denied.lost() || phase == Phase.BODY || isLast(request);
    answer(request.method().equals("HEAD") ? page.withoutBody() : page, last);
    if (!last) {
      next();
    }
    return !last;
  }

  /** Answers with a page of the proxy. */
  void answer(ErrorPage page, boolean last) {
    ByteBuf out = channel().alloc().buffer();
    Http1Encoder.writeResponse(out, page.http1(last));
    out.writeCharSequence(page.body(), StandardCharsets.UTF_8);
    channel().writeAndFlush(out, channel().voidPromise());
    if (last) {
      farewell();
    }
  }

  // what the reply asks for

  HttpTerms shared() {
    return connection.shared();
  }

  /** Whether the connection ends with the response to this request. */
  boolean isLast(Request request) {
    return draining
        || phase == Phase.BODY
        || !request.keepsAlive()
        || requests >= shared().settings().requests().maxRequests();
  }

  /** So much more was written for the client. */
  void wrote(int bytes) {
    watch.wrote(bytes);
  }

  void read() {
    if (phase == Phase.BODY) {
      channel().read();
    }
  }

  /** The last response is on its way; what else comes is thrown away for a while. */
  void farewell() {
    if (phase == Phase.CLOSED) {
      return;
    }
    connection.end().because(CloseCause.CLIENT_CLOSED);
    phase = Phase.DISCARD;
    watch.waits(Waits.FOR_END, shared().now());
    held.discard();
    Farewell.say(channel());
    channel().read();
  }

  /** Ends the connection in the middle of a response. */
  void abort(boolean hard) {
    connection.end().because(CloseCause.BACKEND_CLOSED);
    phase = Phase.CLOSED;
    channel().flush();
    if (hard) {
      Refusal.reset(channel());
    } else {
      channel().close();
    }
  }

  /** The channel belongs to a tunnel from now on. */
  void handOver(TunnelMouth mouth) {
    phase = Phase.CLOSED;
    exchange = null;
    ByteBuf ahead = held.take();
    mouth.join();
    ChannelHandlerContext own = Objects.requireNonNull(context);
    channel().pipeline().remove(this);
    if (ahead != null) {
      own.fireChannelRead(ahead);
    }
  }

  @Override
  public void ended(Exchange over) {
    boolean served = exchange != null;
    exchange = null;
    body = null;
    if (served && phase == Phase.RESPONSE) {
      channel().flush();
      next();
      work();
    }
  }

  private void next() {
    phase = Phase.HEAD;
    watch.waits(Waits.FOR_REQUEST, shared().now());
    if (draining && !held.isReadable()) {
      close(CloseCause.SHUTDOWN);
    } else if (!held.isReadable()) {
      channel().read();
    }
  }

  private void discard(ByteBuf in) {
    discarded += in.readableBytes();
    in.release();
    if (discarded > MOST_DISCARDED) {
      close(CloseCause.REFUSED);
    }
  }

  private void close(CloseCause cause) {
    connection.end().because(cause);
    phase = Phase.CLOSED;
    channel().close();
  }

  // what has taken too long

  @Override
  public Channel channel() {
    return connection.channel();
  }

  @Override
  public void headTooSlow() {
    refuse(
        new Verdict.Refused(
            ErrorStatus.REQUEST_TIMEOUT, RefusalReason.HEADER_TIMEOUT, Verdict.Ending.CLOSE));
  }

  @Override
  public void idle() {
    close(CloseCause.KEEPALIVE);
  }

  @Override
  public void stalled() {
    connection.end().because(CloseCause.IDLE);
    Refusal.reset(channel());
  }

  @Override
  public void discardedLongEnough() {
    close(CloseCause.REFUSED);
  }
}
