package dev.gatehouse.proxy.upstream.http;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.frame.FlushOnce;
import dev.gatehouse.proxy.http.frame.FrameEncoder;
import dev.gatehouse.proxy.http.response.ResponseFault;
import dev.gatehouse.proxy.http.response.ResponseGuard;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.http.BackendFailure.Unprocessed.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A connection on which HTTP/2 is spoken with a backend: many exchanges at a time. */
public final class Http2Backend extends Http2ConnectionHandler implements BackendConnection {

  private static final String NAME = "http2-backend";
  private static final int STREAM_WINDOW = 256 * 1024;
  private static final int CONNECTION_WINDOW = 1024 * 1024;
  private static final int DEFAULT_WINDOW = 65_535;

  /** Until a backend says how many it takes. */
  private static final int FIRST_STREAMS = 100;

  /** A connection that is nearly full is not given more: the next one is opened in time. */
  private static final int FULL_PERCENT = 90;

  private static final int PERCENT = 100;

  /** Numbers of streams do not begin anew (RFC 9113 section 5.1.1). */
  private static final int LAST_STREAM = 1 << 29;

  private final Channel channel;
  private final Backend backend;
  private final Keeper keeper;
  private final String scheme;
  private final Http2Connection.PropertyKey key;
  private final Set<Http2Turn> touched = new LinkedHashSet<>();
  private final FlushOnce flushing = new FlushOnce(this::send);
  private @Nullable ChannelHandlerContext context;
  private int turns;
  private int begun;
  private boolean leaving;
  private boolean ending;
  private boolean gone;

  private Http2Backend(
      Channel channel,
      Backend backend,
      Keeper keeper,
      String scheme,
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder) {
    super(decoder, encoder, settings());
    this.channel = channel;
    this.backend = backend;
    this.keeper = keeper;
    this.scheme = scheme;
    this.key = connection().newKey();
    gracefulShutdownTimeoutMillis(0);
    decoder.frameListener(new Frames());
    connection().addListener(new Streams());
    encoder.flowController().listener(this::writable);
  }

  /**
   * Makes one of a channel that is connected, and through TLS where that is wanted.
   *
   * @param secure whether TLS is spoken
   */
  public static BackendConnection install(
      Channel channel, Backend backend, Keeper keeper, boolean secure) {
    DefaultHttp2Connection http2 = new DefaultHttp2Connection(false);
    Http2ConnectionEncoder encoder = FrameEncoder.of(http2);
    Http2ConnectionDecoder decoder =
        new DefaultHttp2ConnectionDecoder(
            http2,
            encoder,
            new DefaultHttp2FrameReader(
                new DefaultHttp2HeadersDecoder(true, ResponseGuard.LIMITS.maxHeaderSize())));
    Http2Backend made =
        new Http2Backend(channel, backend, keeper, secure ? "https" : "http", decoder, encoder);
    if (!secure) {
      channel.pipeline().addLast(new PrefaceAnswer(made::isHttp1));
    }
    channel.pipeline().addLast(NAME, made);
    return made;
  }

  private static Http2Settings settings() {
    return new Http2Settings()
        .pushEnabled(false)
        .initialWindowSize(STREAM_WINDOW)
        .maxHeaderListSize(ResponseGuard.LIMITS.maxHeaderSize());
  }

  @Override
  public Channel channel() {
    return channel;
  }

  Backend backend() {
    return backend;
  }

  String scheme() {
    return scheme;
  }

  Http2Connection.PropertyKey key() {
    return key;
  }

  ChannelHandlerContext own() {
    return Objects.requireNonNull(context);
  }

  @Override
  public boolean isFree() {
    int most = Math.min(connection().local().maxActiveStreams(), limit());
    return !leaving
        && !gone
        && channel.isActive()
        && begun < LAST_STREAM
        && (long) turns * PERCENT < (long) most * FULL_PERCENT;
  }

  /** A backend that has not spoken yet may take fewer than it will say. */
  private int limit() {
    return decoder().prefaceReceived() ? Integer.MAX_VALUE : FIRST_STREAMS;
  }

  @Override
  public boolean isIdle() {
    return turns == 0;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public BackendStream open(Request request, BackendEvents events) {
    turns++;
    begun++;
    return new Http2Turn(this, request, events, begun > 1);
  }

  /** An exchange is over. */
  void ended() {
    turns--;
    if (turns > 0 || ending || gone) {
      return;
    }
    if (leaving || !channel.isActive()) {
      discard(Keeper.Discard.CLOSED);
    } else {
      keeper.idle(this);
    }
  }

  @Override
  public void close(Keeper.Discard reason) {
    discard(reason);
  }

  private void discard(Keeper.Discard reason) {
    if (!gone) {
      gone = true;
      keeper.gone(this, reason);
      channel.close();
    }
  }

  private void isHttp1() {
    keeper.learned(false);
    endAll(new BackendFailure.OtherProtocol());
    discard(Keeper.Discard.ERROR);
  }

  /** What was written leaves at the end of the loop's turn. */
  void flush() {
    flushing.ask(own().executor());
  }

  private void send() {
    if (channel.isActive()) {
      flush(own());
    }
  }

  void consumed(Http2Stream stream, int bytes) {
    try {
      if (connection().local().flowController().consumeBytes(stream, bytes)) {
        flush();
      }
    } catch (Http2Exception e) {
      onError(own(), true, e);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) throws Exception {
    context = added;
    super.handlerAdded(added);
    connection()
        .local()
        .flowController()
        .incrementWindowSize(connection().connectionStream(), CONNECTION_WINDOW - DEFAULT_WINDOW);
    channel.config().setAutoRead(true);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) throws Exception {
    List<Http2Turn> told = List.copyOf(touched);
    touched.clear();
    told.forEach(Http2Turn::readComplete);
    super.channelReadComplete(from);
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) throws Exception {
    super.channelInactive(from);
    endAll(new BackendFailure.Broken(begun > 1));
    discard(Keeper.Discard.CLOSED);
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext from,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception error) {
    endAll(new BackendFailure.Malformed(ResponseFault.MALFORMED));
    super.onConnectionError(from, outbound, cause, error);
    discard(Keeper.Discard.ERROR);
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext from,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException error) {
    Http2Turn turn = turn(error.streamId());
    super.onStreamError(from, outbound, cause, error);
    if (turn != null) {
      boolean large = error instanceof Http2Exception.HeaderListSizeException;
      turn.fail(
          new BackendFailure.Malformed(large ? ResponseFault.TOO_LARGE : ResponseFault.MALFORMED));
    }
  }

  private void writable(Http2Stream stream) {
    Http2Turn turn = stream.getProperty(key);
    if (turn != null && turn.isWritable()) {
      turn.writable();
    }
  }

  private @Nullable Http2Turn turn(int id) {
    Http2Stream stream = connection().stream(id);
    return stream == null ? null : stream.getProperty(key);
  }

  /** What is said to all is not to be said of a connection that could serve once more. */
  private void endAll(BackendFailure failure) {
    leaving = true;
    ending = true;
    turns(_ -> true).forEach(turn -> turn.fail(failure));
  }

  private List<Http2Turn> turns(Predicate<Http2Stream> wanted) {
    List<Http2Turn> all = new ArrayList<>();
    try {
      connection()
          .forEachActiveStream(
              stream -> {
                Http2Turn turn = stream.getProperty(key);
                if (turn != null && wanted.test(stream)) {
                  all.add(turn);
                }
                return true;
              });
    } catch (Http2Exception e) {
      throw new IllegalStateException("a list that throws nothing", e);
    }
    return all;
  }

  /** What the frames mean. */
  private final class Frames extends Http2EventAdapter {

    @Override
    public void onHeadersRead(
        ChannelHandlerContext from, int id, Http2Headers block, int padding, boolean ended) {
      Http2Turn turn = turn(id);
      if (turn != null) {
        touched.add(turn);
        turn.block(block, ended);
      }
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext from,
        int id,
        Http2Headers block,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean ended) {
      onHeadersRead(from, id, block, padding, ended);
    }

    @Override
    public int onDataRead(
        ChannelHandlerContext from, int id, ByteBuf data, int padding, boolean ended) {
      Http2Turn turn = turn(id);
      if (turn == null) {
        return data.readableBytes() + padding;
      }
      touched.add(turn);
      return padding + turn.body(data, ended);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext from, int id, long code) {
      Http2Turn turn = turn(id);
      if (turn != null) {
        turn.reset(code);
      }
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext from, int last, long code, ByteBuf debug) {
      leaving = true;
      turns(stream -> stream.id() > last)
          .forEach(turn -> turn.fail(new BackendFailure.Unprocessed(Reason.GOAWAY)));
      if (turns == 0) {
        discard(Keeper.Discard.CLOSED);
      }
    }
  }

  /** Streams that end without having been told of. */
  private final class Streams extends Http2ConnectionAdapter {

    @Override
    public void onStreamClosed(Http2Stream stream) {
      Http2Turn turn = stream.getProperty(key);
      if (turn != null) {
        turn.closed();
      }
    }
  }
}
