package dev.gatehouse.proxy.l7.http2;

import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.proxy.config.Http2Limits;
import dev.gatehouse.proxy.http.frame.FlushOnce;
import dev.gatehouse.proxy.http.frame.FrameEncoder;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.l7.connection.Farewell;
import dev.gatehouse.proxy.l7.connection.HttpTerms;
import dev.gatehouse.proxy.l7.connection.L7Connection;
import dev.gatehouse.proxy.traffic.CloseCause;
import dev.gatehouse.proxy.traffic.ListenerTraffic.Abuse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of HTTP/2: many requests at a time, each with an exchange of its own.
 *
 * <p>Frames are counted before they are read, fields are judged before they are believed, and the
 * bytes of a window are given back only as a backend takes them.
 */
public final class Http2Frontend extends Http2ConnectionHandler {

  private static final long LAST_GOAWAY_SECONDS = 1;
  private static final long LAST_BYTES_SECONDS = 4;
  private static final int ANNOUNCED_LIST = 64 * 1024;
  private static final int DEFAULT_WINDOW = 65_535;

  private final L7Connection client;
  private final FrameBudgets budgets = new FrameBudgets();
  private final FrameMeter meter = new FrameMeter(budgets);
  private final Http2Connection.PropertyKey key;
  private final List<Http2Reply> touched = new ArrayList<>();
  private final Http2Requests requests;
  private final Http2Watch watch;
  private final FlushOnce flushing = new FlushOnce(this::send);
  private @Nullable ChannelHandlerContext context;
  private long idleNanos;
  private long taken;
  private boolean draining;
  private boolean dead;

  private Http2Frontend(
      L7Connection client, Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder) {
    super(decoder, encoder, settings(client.shared().settings().http2()));
    this.client = client;
    this.key = connection().newKey();
    this.requests = new Http2Requests(this, client);
    this.watch = new Http2Watch(this, meter, shared().settings().timeouts());
    // whoever ends a connection here has given its streams their time
    gracefulShutdownTimeoutMillis(0);
    decoder.frameListener(new Http2Frames(this));
    connection().addListener(new Streams());
    encoder.flowController().listener(this::writable);
  }

  /** Speaks with the client of that connection. */
  public static Http2Frontend of(L7Connection client) {
    DefaultHttp2Connection http2 = new DefaultHttp2Connection(true);
    http2.remote().maxActiveStreams(client.shared().settings().http2().concurrentStreams());
    Http2ConnectionEncoder encoder = FrameEncoder.of(http2);
    Http2ConnectionDecoder decoder =
        new DefaultHttp2ConnectionDecoder(
            http2, encoder, new StrictReader(http2, new RequestBlocks()));
    return new Http2Frontend(client, decoder, encoder);
  }

  private static Http2Settings settings(Http2Limits limits) {
    return new Http2Settings()
        .maxConcurrentStreams(limits.concurrentStreams())
        .initialWindowSize(limits.streamWindow())
        .maxHeaderListSize(ANNOUNCED_LIST)
        .connectProtocolEnabled(true);
  }

  // the connection

  @Override
  public void handlerAdded(ChannelHandlerContext added) throws Exception {
    context = added;
    idleNanos = shared().now();
    super.handlerAdded(added);
    Http2Stream whole = connection().connectionStream();
    int more = shared().settings().http2().connectionWindow() - DEFAULT_WINDOW;
    connection().local().flowController().incrementWindowSize(whole, more);
    added.flush();
    shared().sweep().add(added.channel().eventLoop(), watch);
    added.channel().config().setAutoRead(true);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext removed) throws Exception {
    shared().sweep().remove(removed.channel().eventLoop(), watch);
    super.handlerRemoved0(removed);
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) throws Exception {
    Optional<Abuse> abuse = meter.look((ByteBuf) message, shared().now());
    if (abuse.isPresent() || dead) {
      ReferenceCountUtil.release(message);
      abuse.ifPresent(this::abused);
    } else {
      super.channelRead(from, message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) throws Exception {
    for (Http2Reply reply : touched) {
      reply.readComplete();
    }
    touched.clear();
    super.channelReadComplete(from);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) throws Exception {
    if (event == Listener.Event.DRAIN) {
      drain(CloseCause.SHUTDOWN);
    }
    super.userEventTriggered(from, event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) throws Exception {
    dead = true;
    super.channelInactive(from);
  }

  /** No new streams; those that are there may end (RFC 9113 section 6.8). */
  void drain(CloseCause cause) {
    ChannelHandlerContext own = own();
    if (draining || dead) {
      return;
    }
    draining = true;
    client.end().because(cause);
    announce(Integer.MAX_VALUE);
    own.executor().schedule(this::announceLast, LAST_GOAWAY_SECONDS, TimeUnit.SECONDS);
    closeIfDone();
  }

  private void announceLast() {
    if (!dead) {
      announce(connection().remote().lastStreamCreated());
    }
  }

  private void announce(int last) {
    ChannelHandlerContext own = own();
    goAway(own, last, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, own.newPromise());
    flush(own);
  }

  private void closeIfDone() {
    if (draining && !dead && connection().numActiveStreams() == 0) {
      announceLast();
      leave();
    }
  }

  private void leave() {
    dead = true;
    ChannelHandlerContext own = own();
    flush(own);
    Farewell.say(own.channel());
    own.executor().schedule(() -> own.channel().close(), LAST_BYTES_SECONDS, TimeUnit.SECONDS);
  }

  void abused(Abuse kind) {
    if (!dead) {
      client.end().because(CloseCause.H2_ABUSE);
      client.client().traffic().abused(kind);
      shared().abuses().tell(client.client(), kind);
      end(Http2Error.ENHANCE_YOUR_CALM, kind.label());
    }
  }

  /** Says why, and ends the connection with all that is on it. */
  private void end(Http2Error error, String why) {
    ChannelHandlerContext own = own();
    goAway(
        own,
        connection().remote().lastStreamCreated(),
        error.code(),
        ByteBufUtil.writeAscii(own.alloc(), why),
        own.newPromise());
    leave();
    forEachReply(Http2Reply::gone);
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext from,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception error) {
    if (dead) {
      return;
    }
    if (RequestBlocks.isTooLarge(cause)) {
      abused(Abuse.HEADER_LIST);
      return;
    }
    client.end().because(CloseCause.REFUSED);
    end(error == null ? Http2Error.INTERNAL_ERROR : error.error(), "");
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext from,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException error) {
    Http2Stream stream = connection().stream(error.streamId());
    boolean gone = stream == null || stream.state() == Http2Stream.State.CLOSED;
    if (dead || (outbound && gone)) {
      // what was on its way to a stream that the client has given up
      return;
    }
    if (error instanceof Http2Exception.HeaderListSizeException) {
      abused(Abuse.HEADER_LIST);
      return;
    }
    if (!outbound && stream == null) {
      // the order or the form of its fields was wrong, so there never was a stream
      client.client().traffic().refused(RefusalReason.HEADER);
    }
    Optional<Abuse> abuse = outbound ? Optional.empty() : budgets.serverReset(shared().now());
    if (abuse.isPresent()) {
      abused(abuse.get());
    } else {
      super.onStreamError(from, outbound, cause, error);
    }
  }

  // what streams need

  /** What is spoken of on a stream, unless nothing is to be said any more. */
  @Nullable Http2Reply reply(Http2Stream stream) {
    return stream.getProperty(key);
  }

  /** There is news on it, of which it is told once all that has come was read. */
  void touched(Http2Reply reply) {
    touched.add(reply);
  }

  HttpTerms shared() {
    return client.shared();
  }

  ChannelHandlerContext own() {
    return Objects.requireNonNull(context);
  }

  void flush() {
    flushing.ask(own().executor());
  }

  private void send() {
    if (!dead) {
      flush(own());
    }
  }

  boolean isWritable(Http2Stream stream) {
    return encoder().flowController().isWritable(stream);
  }

  /** Gives the bytes of a window back. */
  void consumed(Http2Stream stream, int bytes) {
    try {
      if (connection().local().flowController().consumeBytes(stream, bytes)) {
        flush();
      }
    } catch (Http2Exception e) {
      onError(own(), true, e);
    }
  }

  void answered() {
    budgets.answered();
  }

  /** The client has taken so much of a body. */
  void taken(int bytes) {
    taken += bytes;
    budgets.progress();
  }

  /** How much of all bodies the client has taken. */
  long taken() {
    return taken;
  }

  void stalled() {
    client.client().traffic().abused(Abuse.STALL);
  }

  private void writable(Http2Stream stream) {
    Http2Reply reply = reply(stream);
    if (reply != null && isWritable(stream)) {
      reply.writable();
    }
  }

  void forEachReply(Consumer<Http2Reply> then) {
    List<Http2Reply> all = new ArrayList<>();
    try {
      connection()
          .forEachActiveStream(
              stream -> {
                Http2Reply reply = reply(stream);
                if (reply != null) {
                  all.add(reply);
                }
                return true;
              });
    } catch (Http2Exception e) {
      onError(own(), false, e);
    }
    all.forEach(then);
  }

  // requests

  /** A stream begins. */
  void head(Http2Stream stream, Http2Headers block, boolean ended) throws Http2Exception {
    Http2Reply reply = new Http2Reply(this, stream, ended);
    stream.setProperty(key, reply);
    requests.begin(stream, reply, block, ended);
  }

  /** A request ends. */
  void trailer(Http2Stream stream, Http2Reply reply, Http2Headers block) throws Http2Exception {
    if (requests.isSane(stream, block)) {
      reply.trailer(block);
    }
  }

  /** Streams as they end, for whatever reason. */
  private final class Streams extends Http2ConnectionAdapter {

    @Override
    public void onStreamClosed(Http2Stream stream) {
      Http2Reply reply = reply(stream);
      if (reply != null) {
        reply.gone();
      }
    }

    @Override
    public void onStreamRemoved(Http2Stream stream) {
      idleNanos = shared().now();
      closeIfDone();
    }
  }

  // what has taken too long

  boolean isDead() {
    return dead;
  }

  /** Since when there is no request; empty while there is one. */
  OptionalLong idleSince() {
    return connection().numActiveStreams() == 0 ? OptionalLong.of(idleNanos) : OptionalLong.empty();
  }

  void headTooSlow() {
    client.client().traffic().refused(RefusalReason.HEADER_TIMEOUT);
    client.end().because(CloseCause.REFUSED);
    end(Http2Error.PROTOCOL_ERROR, RefusalReason.HEADER_TIMEOUT.label());
  }
}
