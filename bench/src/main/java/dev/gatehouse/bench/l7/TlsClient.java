package dev.gatehouse.bench.l7;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks for one small file on each of its connections and leaves them open. It offers
 * X25519 alone, so that all contenders agree with it on the same keys.
 */
final class TlsClient implements AutoCloseable {

  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final long LONGEST_SECONDS = 30;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final SslContext tls;
  private final String host;
  private final boolean resumes;

  /** One whose handshakes are abbreviated wherever a contender has given it a ticket, or none. */
  TlsClient(String host, boolean resumes) throws IOException {
    this.host = host;
    this.resumes = resumes;
    tls =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.OPENSSL)
            .protocols("TLSv1.3")
            .option(OpenSslContextOption.GROUPS, new String[] {"X25519"})
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm(null)
            .build();
  }

  /** A connection that has got its answer. */
  record Asked(Channel channel, boolean resumed) {

    void close() {
      channel.close().syncUninterruptibly();
    }
  }

  Asked ask(int port, String path) throws IOException {
    Promise<Asked> answer = loop.next().newPromise();
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(tls(channel, port))
                    .addLast(new HttpClientCodec())
                    .addLast(new HttpObjectAggregator(LARGEST_ANSWER))
                    .addLast(new Question(host, path, answer));
              }
            })
        .connect(InetAddress.ofLiteral("127.0.0.1"), port)
        .addListener(connected -> failOn(connected.cause(), answer));
    return await(answer);
  }

  private static void failOn(@Nullable Throwable cause, Promise<Asked> answer) {
    if (cause != null) {
      answer.tryFailure(cause);
    }
  }

  /** Sessions are kept by host and port: an engine that knows neither begins anew each time. */
  private SslHandler tls(Channel channel, int port) {
    if (resumes) {
      return tls.newHandler(channel.alloc(), host, port);
    }
    SslHandler handler = tls.newHandler(channel.alloc());
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(host)));
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  private static Asked await(Promise<Asked> answer) throws IOException {
    if (!answer.awaitUninterruptibly(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("no answer within " + LONGEST_SECONDS + " s");
    }
    if (!answer.isSuccess()) {
      throw new IOException(String.valueOf(answer.cause()), answer.cause());
    }
    return answer.getNow();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, LONGEST_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
