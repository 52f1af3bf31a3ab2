package dev.gatehouse.relay.entrance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.listen.ClientAddress;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.relay.config.HttpSettings;
import dev.gatehouse.relay.gate.Answer;
import dev.gatehouse.relay.gate.Passage;
import dev.gatehouse.relay.gate.Role;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of a connection until one becomes a WebSocket; whatever is not answered with
 * 200 ends the connection, so that a refused client pays for a new one.
 */
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {

  private static final String HEALTH_PATH = "/healthz";
  private static final int TOO_LARGE = 431;

  private final HttpSettings settings;
  private final Doorway doorway;
  private final Deadline deadline;
  private final Consumer<Refusal> refused;
  private final Runnable left;

  /** A request that is answered, or upgraded, when it has ended. */
  private @Nullable HttpRequest request;

  private Optional<Passage.Admitted> admitted = Optional.empty();
  private boolean done;
  private boolean idle;

  /**
   * A handler of one connection.
   *
   * @param refused is told if no request comes in time
   * @param left is told when there is nothing more to be answered
   */
  RequestHandler(
      HttpSettings settings,
      Doorway doorway,
      Deadline deadline,
      Consumer<Refusal> refused,
      Runnable left) {
    this.settings = settings;
    this.doorway = doorway;
    this.deadline = deadline;
    this.refused = refused;
    this.left = left;
  }

  /** The time for a request runs; with TLS that begins with the end of the handshake. */
  void awaitRequest(ChannelHandlerContext ctx) {
    idle = false;
    deadline.set(
        settings.headerTimeout(),
        () -> {
          refused.accept(Refusal.HEADER_TIMEOUT);
          ctx.close();
        });
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess() && speaksHttp1(ctx)) {
        awaitRequest(ctx);
      } else {
        ctx.close();
      }
    }
    if (event == Listener.Event.DRAIN && request == null) {
      ctx.close();
    }
    ctx.fireUserEventTriggered(event);
  }

  private static boolean speaksHttp1(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    String protocol = tls == null ? null : tls.applicationProtocol();
    return protocol == null || protocol.equals("http/1.1");
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (idle) {
      awaitRequest(ctx);
    }
    super.channelRead(ctx, message);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
    if (done) {
      return;
    }
    if (part.decoderResult().isFailure()) {
      refuse(ctx, malformed(part.decoderResult().cause()));
      return;
    }
    if (part instanceof HttpRequest head) {
      deadline.set(settings.readTimeout(), ctx::close);
      begin(ctx, head);
    }
    if (part instanceof LastHttpContent && !done) {
      finish(ctx);
    }
  }

  private static Answer malformed(@Nullable Throwable cause) {
    boolean tooLong =
        cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
    return tooLong ? new Answer(TOO_LARGE, Map.of(), "") : Answer.badRequest();
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest head) {
    request = head;
    int hosts = head.headers().getAll(HttpHeaderNames.HOST).size();
    boolean hostless = hosts == 0 && head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (hostless || hosts > 1) {
      refuse(ctx, Answer.badRequest());
      return;
    }
    String path = path(head);
    Optional<Role> role = Role.ofPath(path);
    Optional<Passage.Refused> misdirected = doorway.gates().misdirected(head);
    if (misdirected.isPresent()) {
      role.ifPresent(which -> doorway.refused(which, misdirected.get().why()));
      refuse(ctx, misdirected.get().answer());
    } else if (role.isPresent()) {
      pass(ctx, role.get(), head);
    } else if (!path.equals(HEALTH_PATH) || health().isEmpty()) {
      refuse(ctx, Answer.notFound());
    }
  }

  private void pass(ChannelHandlerContext ctx, Role role, HttpRequest head) {
    IpAddress peer = ClientAddress.of(ctx.channel()).address();
    switch (doorway.pass(role, head, peer)) {
      case Passage.Admitted through -> admitted = Optional.of(through);
      case Passage.Refused(var why, Answer answer) -> refuse(ctx, answer);
    }
  }

  private void finish(ChannelHandlerContext ctx) {
    HttpRequest head = request;
    request = null;
    if (head == null) {
      return;
    }
    if (admitted.isPresent()) {
      done = true;
      deadline.clear();
      Passage.Admitted through = admitted.get();
      admitted = Optional.empty();
      doorway.upgrade(ctx.channel(), head, through);
      return;
    }
    answerHealth(ctx, head);
  }

  private Optional<String> health() {
    return doorway.health().body(settings.health());
  }

  private void answerHealth(ChannelHandlerContext ctx, HttpRequest head) {
    String body = health().orElse("");
    boolean bodiless = head.method().equals(HttpMethod.HEAD);
    FullHttpResponse response = response(ctx, 200, bodiless ? "" : body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length());
    boolean keep = HttpUtil.isKeepAlive(head);
    HttpUtil.setKeepAlive(response, keep);
    deadline.set(settings.responseTimeout(), ctx::close);
    ctx.writeAndFlush(response)
        .addListener(
            written -> {
              if (keep && written.isSuccess()) {
                idle = true;
                deadline.set(settings.keepaliveTimeout(), ctx::close);
              } else {
                ctx.close();
              }
            });
  }

  private void refuse(ChannelHandlerContext ctx, Answer answer) {
    done = true;
    FullHttpResponse response = response(ctx, answer.status(), answer.body());
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length());
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    answer.fields().forEach(response.headers()::set);
    deadline.set(settings.responseTimeout(), ctx::close);
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private static FullHttpResponse response(ChannelHandlerContext ctx, int status, String body) {
    ByteBuf content = ctx.alloc().buffer(body.length());
    content.writeCharSequence(body, UTF_8);
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
  }

  /** As it was sent, without what is behind a question mark. */
  private static String path(HttpRequest head) {
    String target = head.uri();
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.clear();
    admitted.ifPresent(through -> through.place().giveBack());
    left.run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
