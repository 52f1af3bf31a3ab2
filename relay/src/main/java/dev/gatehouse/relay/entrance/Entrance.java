package dev.gatehouse.relay.entrance;

import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.relay.config.HttpSettings;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * The handlers of a connection, from its first byte to its upgrade: TLS where there is a
 * certificate, then HTTP/1.1; what comes after it is the business of the sessions.
 */
public final class Entrance implements Consumer<Channel> {

  private static final String HELLO = "hello";
  private static final String HTTP_READER = "http-reader";
  private static final String HTTP_WRITER = "http-writer";
  private static final String REQUESTS = "requests";

  private static final int MAX_LINE = 4096;

  private final Doorway doorway;
  private final Optional<BiFunction<ClientHello, ByteBufAllocator, Opening>> tls;
  private final Consumer<Refusal> refused;
  private final AtomicInteger pending = new AtomicInteger();
  private volatile HttpSettings settings;
  private volatile int maxPending;

  /**
   * An entrance for any number of connections.
   *
   * @param tls what answers a hello; empty: there is no TLS
   * @param refused is told of connections that are given up before they said anything
   */
  public Entrance(
      Doorway doorway,
      Optional<BiFunction<ClientHello, ByteBufAllocator, Opening>> tls,
      Consumer<Refusal> refused,
      HttpSettings settings,
      int maxPending) {
    this.doorway = doorway;
    this.tls = tls;
    this.refused = refused;
    this.settings = settings;
    this.maxPending = maxPending;
  }

  /** Holds for connections that come from now on. */
  public void change(HttpSettings next, int nextMaxPending) {
    settings = next;
    maxPending = nextMaxPending;
  }

  /** Connections that are not upgraded yet. */
  public int pending() {
    return pending.get();
  }

  @Override
  public void accept(Channel channel) {
    if (pending.incrementAndGet() > maxPending) {
      pending.decrementAndGet();
      refused.accept(Refusal.LISTENER_LIMIT);
      Refusal.reset(channel);
      return;
    }
    HttpSettings now = settings;
    Deadline deadline = new Deadline(channel);
    RequestHandler requests =
        new RequestHandler(now, doorway, deadline, refused, pending::decrementAndGet);
    ChannelPipeline pipeline = channel.pipeline();
    tls.ifPresent(
        contexts ->
            pipeline.addLast(
                HELLO, new TlsEntrance(contexts, now.handshakeTimeout(), deadline, refused)));
    pipeline.addLast(HTTP_READER, new HttpRequestDecoder(limits(now)));
    pipeline.addLast(HTTP_WRITER, new HttpResponseEncoder());
    pipeline.addLast(REQUESTS, requests);
    if (tls.isEmpty()) {
      requests.awaitRequest(pipeline.context(REQUESTS));
    }
    channel.config().setAutoRead(true);
  }

  /** From here on nothing is written that is HTTP. */
  static void endAnswers(ChannelPipeline pipeline) {
    pipeline.remove(HTTP_WRITER);
    pipeline.remove(REQUESTS);
  }

  /** What has been read and is no HTTP any more goes to the handlers behind. */
  static void endRequests(ChannelPipeline pipeline) {
    pipeline.remove(HTTP_READER);
  }

  static HttpDecoderConfig limits(HttpSettings now) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(Math.min(MAX_LINE, now.maxHeaderBytes()))
        .setMaxHeaderSize(now.maxHeaderBytes())
        .setValidateHeaders(true);
  }
}
