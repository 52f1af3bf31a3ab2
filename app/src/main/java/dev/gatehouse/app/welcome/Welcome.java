package dev.gatehouse.app.welcome;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.ListenerSettings;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.tls.SelfSigned;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TLS backend on loopback for the first minute with the proxy: its page says who the client is.
 *
 * <p>It knows that from the PROXY header that it demands, so what it shows is what every backend
 * behind the proxy can know.
 */
public final class Welcome implements Part {

  private static final Logger log = LoggerFactory.getLogger(Welcome.class);

  private static final int MAX_CONNECTIONS = 64;
  private static final int BACKLOG = 64;
  private static final int IDLE_SECONDS = 10;
  private static final int FAREWELL_SECONDS = 2;
  private static final Duration DRAIN = Duration.ofSeconds(1);
  private static final List<Cidr> LOOPBACK =
      List.of(new Cidr(IpAddress.ipv4(0x7f00_0000), 8), new Cidr(IpAddress.ipv6(0, 1), 128));

  private final Path certificates;
  private final Ticker ticker;
  private final Listener listener;

  /** Made beside the start: cryptography takes longer to wake up than all the rest. */
  private final CompletableFuture<SslContext> tls = new CompletableFuture<>();

  /**
   * A page that is not served yet.
   *
   * @param certificates the folder in which it keeps its own
   * @param failed is told when its listener ends without having been asked to
   */
  public Welcome(
      Endpoint endpoint,
      Path certificates,
      EventLoops loops,
      EventCounters counters,
      Ticker ticker,
      BiConsumer<Listener, Throwable> failed) {
    this.certificates = certificates;
    this.ticker = ticker;
    ListenerSettings settings =
        new ListenerSettings(
            "welcome.listen",
            "welcome",
            endpoint,
            BACKLOG,
            new ListenerSettings.Guard(true, LOOPBACK, MAX_CONNECTIONS),
            ListenerSettings.PROXY_HEADER_TIMEOUT,
            DRAIN,
            false);
    listener = new Listener(settings, loops, Admission.OPEN, counters, this::serve, failed);
  }

  @Override
  public String name() {
    return listener.name();
  }

  /** Binds, with accepting off. */
  @Override
  public void start() throws ListenException {
    listener.start();
    Thread.ofVirtual().name("welcome-tls").start(this::prepare);
  }

  private void prepare() {
    try {
      SelfSigned pair = SelfSigned.forLocalhost(certificates, ticker.now());
      tls.complete(
          SslContextBuilder.forServer(pair.certificate().toFile(), pair.key().toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3")
              .build());
    } catch (IOException e) {
      log.atWarn().setMessage("welcome_unavailable").addKeyValue("err", e.getMessage()).log();
      tls.completeExceptionally(e);
    }
  }

  /** The socket, to be audited and then told to accept. */
  public Listener listener() {
    return listener;
  }

  @Override
  public void close() {
    listener.close();
  }

  /** Nothing is read before the handlers are there. */
  private void serve(Channel channel) {
    tls.whenCompleteAsync(
        (context, failure) -> {
          if (failure == null) {
            greet(channel, context);
          } else {
            Refusal.reset(channel);
          }
        },
        channel.eventLoop());
  }

  private void greet(Channel channel, SslContext context) {
    SslHandler speaker = context.newHandler(channel.alloc());
    // a socket that is closed before the client's own farewell is read answers that with a reset
    speaker.setCloseNotifyReadTimeout(FAREWELL_SECONDS, TimeUnit.SECONDS);
    channel
        .pipeline()
        .addLast("idle", new ReadTimeoutHandler(IDLE_SECONDS))
        .addLast("tls", speaker)
        .addLast("http", new HttpServerCodec())
        .addLast("page", new WelcomePage(listener.settings().endpoint()));
    channel.config().setAutoRead(true);
  }
}
