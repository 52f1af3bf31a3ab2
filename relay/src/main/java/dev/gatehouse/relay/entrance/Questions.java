package dev.gatehouse.relay.entrance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.relay.config.HttpSettings;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
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
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers an authority that asks over HTTP (RFC 8555 section 8.3), one request a connection; for
 * everybody else there is nothing here, and never a way to somewhere else.
 */
public final class Questions implements Consumer<Channel> {

  private static final String PROOFS = "/.well-known/acme-challenge/";
  private static final String HEALTH = "/healthz";
  private static final String WELL = "{\"status\":\"ok\"}";
  private static final String NOTHING = "404 page not found\n";

  private final Function<String, Optional<String>> proofs;
  private volatile boolean health;
  private volatile HttpSettings settings;

  /** What is said in return. */
  private record Said(HttpResponseStatus status, String type, String body) {}

  /**
   * Questions of any number of connections.
   *
   * @param proofs what is known under a token
   * @param health whether others may ask whether the relay is well
   */
  public Questions(
      Function<String, Optional<String>> proofs, boolean health, HttpSettings settings) {
    this.proofs = proofs;
    this.health = health;
    this.settings = settings;
  }

  /** Holds for connections that come from now on. */
  public void change(boolean nextHealth, HttpSettings next) {
    health = nextHealth;
    settings = next;
  }

  @Override
  public void accept(Channel channel) {
    Deadline deadline = new Deadline(channel);
    deadline.set(settings.headerTimeout(), channel::close);
    channel
        .pipeline()
        .addLast(
            new HttpRequestDecoder(Entrance.limits(settings)),
            new HttpResponseEncoder(),
            new Asked(deadline));
    channel.config().setAutoRead(true);
  }

  private Said answer(HttpRequest asked) {
    boolean reads = asked.method().equals(HttpMethod.GET) || asked.method().equals(HttpMethod.HEAD);
    Optional<Said> found = reads ? found(asked.uri()) : Optional.empty();
    return found.orElse(
        new Said(HttpResponseStatus.NOT_FOUND, "text/plain; charset=utf-8", NOTHING));
  }

  private Optional<Said> found(String path) {
    if (path.startsWith(PROOFS)) {
      return proofs
          .apply(path.substring(PROOFS.length()))
          .map(text -> new Said(HttpResponseStatus.OK, "application/octet-stream", text));
    }
    return health && path.equals(HEALTH)
        ? Optional.of(new Said(HttpResponseStatus.OK, "application/json; charset=utf-8", WELL))
        : Optional.empty();
  }

  /** One connection. */
  private final class Asked extends SimpleChannelInboundHandler<HttpObject> {

    private final Deadline deadline;
    private boolean answered;

    private Asked(Deadline deadline) {
      this.deadline = deadline;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
      if (part.decoderResult().isFailure()) {
        ctx.close();
      } else if (!answered && part instanceof HttpRequest asked) {
        answered = true;
        deadline.set(settings.responseTimeout(), ctx::close);
        boolean bodiless = asked.method().equals(HttpMethod.HEAD);
        ctx.writeAndFlush(response(answer(asked), bodiless))
            .addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      deadline.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private static FullHttpResponse response(Said said, boolean bodiless) {
    byte[] body = said.body().getBytes(US_ASCII);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            said.status(),
            bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, said.type())
        .set("x-content-type-options", "nosniff")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }
}
