package dev.gatehouse.tracker.http;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.listen.ClientAddress;
import dev.gatehouse.net.listen.HeldBytes;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.tracker.http.answer.ContentType;
import dev.gatehouse.tracker.http.answer.HttpAnswer;
import dev.gatehouse.tracker.http.answer.HttpStatus;
import dev.gatehouse.wire.tracker.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection: reads its requests one after the other and writes their answers.
 *
 * <p>The next request is not looked at, nor anything read, before the answer to the one before is
 * with the kernel: that keeps the order and bounds what a connection can ask for. All of it happens
 * on the connection's loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {

  static final String NAME = "tracker-http";

  /**
   * How long input is thrown away after a refusal. To close at once would reset the connection, and
   * the reset can overtake the answer (RFC 9112 section 9.6).
   */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final HttpTerms terms;
  private final Supplier<HttpRequests> requests;
  private final HeldBytes held = new HeldBytes();
  private @Nullable ChannelHandlerContext context;
  private @Nullable HttpWorker worker;
  private @Nullable ConnectionTimer timer;
  private int searched;

  /** What has been read is being looked at, so whoever is done need not ask for more. */
  private boolean advancing;

  /** A request has been read whose answer is not written yet. */
  private boolean busy;

  /** Nothing is read any more. */
  private boolean closing;

  /** The present request is the last. */
  private boolean last;

  /** Between two requests, not before the first. */
  private boolean idle;

  private boolean onlyHead;
  private boolean oldVersion;

  // kept, since a lambda made for each request would be an allocation
  private final Runnable close = this::close;

  /**
   * @param terms those of the moment in which it was accepted
   * @param requests those of the moment in which a request has come
   */
  HttpConnection(HttpTerms terms, Supplier<HttpRequests> requests) {
    this.terms = terms;
    this.requests = requests;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    worker = terms.worker();
    timer = new ConnectionTimer(added.channel().eventLoop(), terms.ticker());
    timer.set(terms.config().times().head(), this::headExpired);
    added.read();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext removed) {
    end();
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    end();
    inactive.fireChannelInactive();
  }

  private void end() {
    closing = true;
    held.discard();
    timer().cancel();
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (closing) {
      bytes.release();
      return;
    }
    held.add(reading.alloc(), bytes);
    advance();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext reading) {
    if (!busy && !closing) {
      reading.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext told, Object event) {
    if (event == Listener.Event.DRAIN) {
      last = true;
      // a request that has begun to come is still answered, if it comes in time
      if (!busy && held.isEmpty()) {
        told.close();
      }
    }
    told.fireUserEventTriggered(event);
  }

  /** A peer that resets its connection, or fails in TLS, is nothing to tell. */
  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    failed.close();
  }

  private void advance() {
    ByteBuf in = held.take();
    if (in == null) {
      return;
    }
    held.add(context().alloc(), in);
    boolean whole = true;
    advancing = true;
    while (whole && !busy && !closing && in.isReadable()) {
      whole = readOne(in);
    }
    advancing = false;
    if (!closing && !in.isReadable()) {
      held.discard();
    }
  }

  /** Whether there was a whole request, so that there may be another. */
  private boolean readOne(ByteBuf in) {
    RequestHead head = worker().head();
    return switch (head.read(in, searched)) {
      case INCOMPLETE -> {
        searched = RequestHead.resume(in);
        waitForMore();
        yield false;
      }
      case COMPLETE -> {
        searched = 0;
        handle(head);
        yield true;
      }
      case MALFORMED -> {
        refuse(HttpStatus.BAD_REQUEST);
        yield false;
      }
      case TOO_LARGE -> {
        refuse(HttpStatus.HEADER_TOO_LARGE);
        yield false;
      }
    };
  }

  /** From the first byte of a request on, more bytes do not buy more time. */
  private void waitForMore() {
    if (idle) {
      idle = false;
      timer().set(terms.config().times().head(), this::headExpired);
    }
  }

  private void handle(RequestHead head) {
    busy = true;
    onlyHead = head.isMethod("HEAD");
    oldVersion = head.isVersionZero();
    last |= !isKept(head);
    timer().clear();
    if (hasBody(head)) {
      refuse(HttpStatus.BAD_REQUEST);
    } else {
      requests.get().handle(this, head);
    }
  }

  private boolean isKept(RequestHead head) {
    String wish = head.field("connection").orElse("");
    boolean kept = head.isVersionZero() ? has(wish, "keep-alive") : !has(wish, "close");
    return kept && terms.config().keepAlive() && !terms.crowded().getAsBoolean();
  }

  private static boolean has(String options, String wanted) {
    for (String option : options.split(",", -1)) {
      if (option.strip().equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasBody(RequestHead head) {
    return head.field("transfer-encoding").isPresent()
        || !head.values("content-length").stream().allMatch("0"::equals);
  }

  private void headExpired() {
    if (held.isEmpty()) {
      context().close();
    } else {
      refuse(HttpStatus.REQUEST_TIMEOUT);
    }
  }

  /** Answers what no request can follow. */
  private void refuse(HttpStatus status) {
    busy = true;
    last = true;
    onlyHead = false;
    terms.meter().notUnderstood(status.label());
    ChannelFuture written = write(status, ContentType.TEXT, Unpooled.wrappedBuffer(status.body()));
    closing = true;
    held.discard();
    timer().set(terms.config().times().write(), close);
    written.addListener(done -> linger());
  }

  private void linger() {
    if (context().channel() instanceof DuplexChannel duplex
        && duplex.isActive()
        && context().pipeline().get(SslHandler.class) == null) {
      duplex.shutdownOutput();
      duplex.config().setAutoRead(true);
      timer().set(LINGER, close);
    } else {
      context().close();
    }
  }

  /** Empty, for a body that is {@link #send sent} next. */
  ByteBuf body() {
    return worker().body();
  }

  /** Sends an answer that is always the same. */
  void send(HttpStatus status) {
    send(status, ContentType.TEXT, Unpooled.wrappedBuffer(status.body()));
  }

  /** Sends an answer, unless the client has gone; the body stays the caller's. */
  void send(HttpStatus status, ContentType type, ByteBuf body) {
    if (closing) {
      return;
    }
    ChannelFuture written = write(status, type, body);
    if (last) {
      closing = true;
      timer().set(terms.config().times().write(), close);
      written.addListener(done -> context().close());
    } else if (written.isDone() && advancing) {
      answered();
    } else if (written.isDone()) {
      goOn();
    } else {
      timer().set(terms.config().times().write(), close);
      written.addListener(done -> goOn());
    }
  }

  private ChannelFuture write(HttpStatus status, ContentType type, ByteBuf body) {
    HttpAnswer answer = new HttpAnswer(status, type, last, oldVersion, onlyHead);
    return context().writeAndFlush(answer.encode(context().alloc(), body));
  }

  private void goOn() {
    if (closing) {
      return;
    }
    answered();
    advance();
    if (!busy && !closing) {
      context().read();
    }
  }

  private void answered() {
    busy = false;
    idle = true;
    timer().set(terms.config().times().idle(), close);
  }

  /** Who is at the far end. */
  IpAddress peer() {
    return ClientAddress.of(context().channel()).address();
  }

  EventLoop loop() {
    return context().channel().eventLoop();
  }

  HttpWorker worker() {
    return present(worker);
  }

  private void close() {
    context().close();
  }

  private ChannelHandlerContext context() {
    return present(context);
  }

  private ConnectionTimer timer() {
    return present(timer);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("connection: not in a pipeline");
    }
    return value;
  }
}
