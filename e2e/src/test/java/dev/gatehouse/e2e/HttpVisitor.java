package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One connection of a client that asks, by either protocol, and tells what became of each request.
 */
final class HttpVisitor implements AutoCloseable {

  private static final int MAX_BODY = 64 << 20;
  private static final long PATIENCE_SECONDS = 20;

  private final Channel connection;
  private final boolean http2;
  private final String authority;

  private HttpVisitor(Channel connection, boolean http2, String authority) {
    this.connection = connection;
    this.http2 = http2;
    this.authority = authority;
  }

  /** What came back. */
  record Answer(int status, HttpHeaders headers, String body) {}

  /** What is needed for connections of the host. */
  record Means(Insiders inside, EventLoopGroup loops) {}

  static HttpVisitor http1(Means means, String name) throws Exception {
    return connect(means, name, false);
  }

  static HttpVisitor http2(Means means, String name) throws Exception {
    return connect(means, name, true);
  }

  private static HttpVisitor connect(Means means, String name, boolean http2) throws Exception {
    SslContext tls =
        SslContextBuilder.forClient()
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .applicationProtocolConfig(alpn(http2 ? "h2" : "http/1.1"))
            .build();
    Channel connection =
        new Bootstrap()
            .group(means.loops())
            .channelFactory(() -> means.inside().get(NioSocketChannel::new))
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(tls.newHandler(channel.alloc(), name, L7Routes.PORT));
                    speak(channel.pipeline(), http2);
                  }
                })
            .connect("127.0.0.1", L7Routes.PORT)
            .sync()
            .channel();
    return new HttpVisitor(connection, http2, name + ":" + L7Routes.PORT);
  }

  private static ApplicationProtocolConfig alpn(String protocol) {
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        protocol);
  }

  private static void speak(ChannelPipeline pipeline, boolean http2) {
    if (http2) {
      pipeline
          .addLast(Http2FrameCodecBuilder.forClient().build())
          .addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
    } else {
      pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_BODY), new Answering());
    }
  }

  /** Asks for a path, as that program, and waits for the whole answer. */
  Answer get(String path, String userAgent) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    FullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
    request
        .headers()
        .set(HttpHeaderNames.HOST, authority)
        .set(HttpHeaderNames.USER_AGENT, userAgent);
    if (http2) {
      request.headers().set(HttpConversionUtil.ExtensionHeaderNames.SCHEME.text(), "https");
      openStream(answer).writeAndFlush(request);
    } else {
      connection.pipeline().get(Answering.class).next(answer);
      connection.writeAndFlush(request);
    }
    return await(answer);
  }

  private Channel openStream(CompletableFuture<Answer> answer) throws Exception {
    Answering answering = new Answering();
    answering.next(answer);
    return new Http2StreamChannelBootstrap(connection)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel stream) {
                stream
                    .pipeline()
                    .addLast(
                        new Http2StreamFrameToHttpObjectCodec(false),
                        new HttpObjectAggregator(MAX_BODY),
                        answering);
              }
            })
        .open()
        .sync()
        .getNow();
  }

  private static Answer await(CompletableFuture<Answer> answer) throws Exception {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer at all", e);
    }
  }

  /** Whether another request may go out on it, as far as the other side has said. */
  boolean isOpen() {
    Http2FrameCodec codec = connection.pipeline().get(Http2FrameCodec.class);
    return connection.isActive() && (codec == null || !codec.connection().goAwayReceived());
  }

  @Override
  public void close() {
    connection.close().syncUninterruptibly();
  }

  /** Gives the next answer to whoever waits for it, or tells that none comes. */
  private static final class Answering extends SimpleChannelInboundHandler<FullHttpResponse> {

    private volatile CompletableFuture<Answer> waiting = new CompletableFuture<>();

    void next(CompletableFuture<Answer> answer) {
      waiting = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      waiting.complete(
          new Answer(
              response.status().code(),
              response.headers().copy(),
              response.content().toString(UTF_8)));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof Http2ResetFrame reset) {
        waiting.completeExceptionally(new IOException("reset with " + reset.errorCode()));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      waiting.completeExceptionally(cause);
      context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      waiting.completeExceptionally(new IOException("closed without an answer"));
    }
  }
}
