package dev.gatehouse.proxy.l7.http2;

import dev.gatehouse.proxy.exchange.ClientStream;
import dev.gatehouse.proxy.exchange.Exchange;
import dev.gatehouse.proxy.exchange.RequestContext;
import dev.gatehouse.proxy.exchange.Tunnel;
import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Http2Block;
import dev.gatehouse.proxy.http.Http2Blocks;
import dev.gatehouse.proxy.http.Trailers;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.http.response.ClientResponse;
import dev.gatehouse.proxy.http.response.ErrorPage;
import dev.gatehouse.proxy.http.response.Http2Response;
import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.proxy.l7.connection.SendStall;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.HeadLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One stream of HTTP/2: what the client sends on it, and what it gets. */
final class Http2Reply implements ClientStream, Exchange.Owner {

  private final Http2Frontend frontend;
  private final Http2Stream stream;
  private final SendStall stall = new SendStall();
  private @Nullable Exchange exchange;
  private @Nullable RequestContext context;
  private @Nullable Http2Socket socket;
  private @Nullable ChannelFuture lastWrite;
  private boolean uploaded;
  private boolean answered;
  private int unconsumed;
  private long written;
  private long waiting;

  /**
   * @param uploaded whether the request has ended with its head
   */
  Http2Reply(Http2Frontend frontend, Http2Stream stream, boolean uploaded) {
    this.frontend = frontend;
    this.stream = stream;
    this.uploaded = uploaded;
  }

  int id() {
    return stream.id();
  }

  void begin(Exchange begun, RequestContext of) {
    exchange = begun;
    context = of;
    if (of.request().webSocket()) {
      socket = new Http2Socket(this);
    }
  }

  // what comes in

  /** Takes more of the body; how many bytes of it nobody will ask for. */
  int data(ByteBuf data, boolean ended) {
    int length = data.readableBytes();
    uploaded |= ended;
    Exchange now = exchange;
    if (now == null) {
      return length;
    }
    unconsumed += length;
    if (length > 0) {
      pass(now, data.retain());
    }
    if (ended) {
      uploaded(now);
    }
    return 0;
  }

  private void pass(Exchange to, ByteBuf bytes) {
    if (socket == null) {
      to.body(bytes);
    } else {
      socket.received(bytes);
    }
  }

  private void uploaded(Exchange now) {
    if (socket == null) {
      now.bodyEnd(Fields.NONE);
    } else if (!socket.gone()) {
      gone();
      truncate();
    }
  }

  void trailer(Http2Headers block) throws Http2Exception {
    uploaded = true;
    HeadLimits limits = frontend.shared().guard().limits();
    Optional<Fields> fields =
        Http2Block.fits(block, limits)
            ? Http2Block.read(block, Set.of()).map(Http2Block::fields)
            : Optional.empty();
    if (fields.isEmpty()) {
      throw Http2Exception.streamError(id(), Http2Error.PROTOCOL_ERROR, "trailer");
    }
    Exchange now = exchange;
    if (now == null) {
      return;
    }
    Optional<Fields> allowed = Trailers.ofRequest(fields.get());
    if (allowed.isPresent()) {
      now.bodyEnd(allowed.get());
    } else {
      now.refuse(ErrorStatus.BAD_REQUEST, RefusalReason.HEADER);
    }
  }

  void readComplete() {
    if (socket != null) {
      socket.readComplete();
    } else if (exchange != null) {
      exchange.clientReadComplete();
    }
  }

  void writable() {
    if (exchange != null) {
      exchange.clientWritable();
    }
    if (socket != null) {
      socket.writable();
    }
  }

  /** The stream has ended; whoever still works for it can stop. */
  void gone() {
    uploaded = true;
    boolean tunnel = socket != null && socket.gone();
    Exchange now = exchange;
    if (now != null && !tunnel) {
      exchange = null;
      now.clientGone();
    }
  }

  void look(long nowNanos, Duration limit) {
    if (stall.look(nowNanos, written, waiting, limit)) {
      frontend.stalled();
      reset(Http2Error.CANCEL);
      frontend.flush();
    }
  }

  // what goes out

  @Override
  public void interim(Interim interim) {
    head(response().http2(interim), false);
  }

  @Override
  public void respond(Response response, boolean ended) {
    frontend.answered();
    answered = true;
    ChannelFuture sent = head(response().http2(response), ended);
    if (ended) {
      lastWrite = sent;
    }
  }

  private ChannelFuture head(Http2Response head, boolean ended) {
    return frontend
        .encoder()
        .writeHeaders(
            own(), id(), Http2Blocks.response(head.status(), head.fields()), 0, ended, promise());
  }

  @Override
  public void data(ByteBuf bytes) {
    write(bytes, false);
  }

  @Override
  public void last(ByteBuf bytes) {
    lastWrite = write(bytes, true);
  }

  private ChannelFuture write(ByteBuf bytes, boolean ended) {
    int length = bytes.readableBytes();
    written += length;
    waiting += length;
    return frontend
        .encoder()
        .writeData(own(), id(), bytes, 0, ended, promise())
        .addListener(_ -> left(length));
  }

  private void left(int bytes) {
    waiting -= bytes;
    frontend.taken(bytes);
  }

  @Override
  public void end(Fields trailer) {
    lastWrite =
        trailer.count() == 0
            ? frontend.encoder().writeData(own(), id(), Unpooled.EMPTY_BUFFER, 0, true, promise())
            : frontend
                .encoder()
                .writeHeaders(own(), id(), Http2Blocks.trailer(trailer), 0, true, promise());
  }

  @Override
  public void answer(ErrorPage page) {
    answered = true;
    boolean head = context != null && context.request().method().equals("HEAD");
    ErrorPage sent = head ? page.withoutBody() : page;
    boolean bodiless = sent.body().isEmpty();
    lastWrite = head(sent.http2(), bodiless);
    if (!bodiless) {
      ByteBuf body = ByteBufUtil.writeUtf8(own().alloc(), sent.body());
      lastWrite = frontend.encoder().writeData(own(), id(), body, 0, true, promise());
    }
    stopUpload();
    frontend.flush();
  }

  @Override
  public void truncate() {
    reset(answered ? Http2Error.INTERNAL_ERROR : Http2Error.CANCEL);
    frontend.flush();
  }

  @Override
  public void reset(long code) {
    frontend.resetStream(own(), id(), code, promise());
    frontend.flush();
  }

  /** After the last byte of the response, which a reset would take away. */
  @Override
  public void stopUpload() {
    if (!uploaded) {
      uploaded = true;
      Objects.requireNonNull(lastWrite).addListener(_ -> endUpload());
    }
  }

  private void endUpload() {
    if (stream.state() != Http2Stream.State.CLOSED) {
      reset(Http2Error.NO_ERROR);
      frontend.flush();
    }
  }

  /** Ends the stream of a WebSocket; this is how HTTP/2 says that its connection is closed. */
  void close() {
    if (stream.state().localSideOpen()) {
      end(Fields.NONE);
      stopUpload();
      frontend.flush();
    }
  }

  private void reset(Http2Error error) {
    frontend.resetStream(own(), id(), error.code(), promise());
  }

  @Override
  public void more() {
    int bytes = unconsumed;
    unconsumed = 0;
    if (bytes > 0) {
      frontend.consumed(stream, bytes);
    }
  }

  @Override
  public void flush() {
    frontend.flush();
  }

  @Override
  public boolean isWritable() {
    return frontend.isWritable(stream);
  }

  @Override
  public Tunnel.End switchTo(Switching switching, Tunnel tunnel) {
    frontend.answered();
    answered = true;
    head(response().http2(switching), false);
    Http2Socket open = Objects.requireNonNull(socket, "asked for it");
    open.open(tunnel);
    return open;
  }

  /** Nobody takes the rest of the body any more, so its bytes are given back at once. */
  @Override
  public void ended(Exchange over) {
    exchange = null;
    more();
    if (socket != null && lastWrite != null) {
      // it was refused, and its client would keep its side open
      stopUpload();
    }
    frontend.flush();
  }

  private ClientResponse response() {
    RequestContext known = Objects.requireNonNull(context);
    return new ClientResponse(
        known.request(), frontend.shared().stamp(known.forwarding().requestId()));
  }

  private ChannelHandlerContext own() {
    return frontend.own();
  }

  private ChannelPromise promise() {
    return own().newPromise();
  }
}
