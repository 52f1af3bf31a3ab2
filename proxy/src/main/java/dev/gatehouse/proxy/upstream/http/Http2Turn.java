package dev.gatehouse.proxy.upstream.http;

import dev.gatehouse.proxy.http.Http2Block;
import dev.gatehouse.proxy.http.Http2Blocks;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.Trailers;
import dev.gatehouse.proxy.http.forward.BackendRequest;
import dev.gatehouse.proxy.http.forward.Http2Request;
import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.http.response.ResponseFault;
import dev.gatehouse.proxy.http.response.ResponseGuard;
import dev.gatehouse.proxy.http.response.ResponseVerdict;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.http.BackendFailure.Unprocessed.Reason;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One exchange on a connection of HTTP/2. */
final class Http2Turn implements BackendStream {

  private static final int REFUSED = (int) Http2Error.REFUSED_STREAM.code();

  private final Http2Backend connection;
  private final BackendEvents events;
  private final boolean reused;
  private final ResponseGuard guard;
  private @Nullable Http2Stream stream;
  private int id;
  private int unconsumed;
  private boolean answered;
  private boolean responding;
  private boolean uploaded;
  private boolean over;

  Http2Turn(Http2Backend connection, Request request, BackendEvents events, boolean reused) {
    this.connection = connection;
    this.events = events;
    this.reused = reused;
    this.guard = new ResponseGuard(request);
  }

  // what goes out

  @Override
  public Backend backend() {
    return connection.backend();
  }

  @Override
  public boolean isReused() {
    return reused;
  }

  @Override
  public void begin(BackendRequest request, boolean ended) {
    Http2Request head = request.http2(connection.scheme());
    uploaded = ended;
    id = connection.connection().local().incrementAndGetNextStreamId();
    connection
        .encoder()
        .writeHeaders(
            own(),
            id,
            Http2Blocks.request(
                head.method(), head.scheme(), head.authority(), head.path(), head.fields()),
            0,
            ended,
            promise())
        .addListener(this::begun);
    Http2Stream made = connection.connection().stream(id);
    stream = made;
    if (made != null) {
      made.setProperty(connection.key(), this);
    }
  }

  private void begun(Future<?> written) {
    if (!written.isSuccess() && stream == null) {
      fail(new BackendFailure.Broken(reused));
    }
  }

  @Override
  public void data(ByteBuf bytes) {
    if (over) {
      bytes.release();
    } else {
      connection.encoder().writeData(own(), id, bytes, 0, false, promise());
    }
  }

  @Override
  public void end(Fields trailer) {
    if (over) {
      return;
    }
    uploaded = true;
    if (trailer.count() == 0) {
      connection.encoder().writeData(own(), id, Unpooled.EMPTY_BUFFER, 0, true, promise());
    } else {
      connection
          .encoder()
          .writeHeaders(own(), id, Http2Blocks.trailer(trailer), 0, true, promise());
    }
  }

  @Override
  public void flush() {
    connection.flush();
  }

  @Override
  public boolean isWritable() {
    Http2Stream known = stream;
    return known != null && connection.encoder().flowController().isWritable(known);
  }

  @Override
  public void more() {
    int bytes = unconsumed;
    unconsumed = 0;
    Http2Stream known = stream;
    if (bytes > 0 && known != null) {
      connection.consumed(known, bytes);
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      if (id > 0) {
        giveUp(Http2Error.CANCEL);
      }
      leave();
    }
  }

  // what comes in

  void block(Http2Headers block, boolean ended) {
    if (over) {
      return;
    }
    answered = true;
    if (responding) {
      trailer(block);
      return;
    }
    switch (guard.judge(block, ended)) {
      case ResponseVerdict.Interim interim -> events.interim(interim);
      case ResponseVerdict.Final(Response response) -> response(response, ended);
      case ResponseVerdict.Switching _ -> malformed(ResponseFault.UPGRADE);
      case ResponseVerdict.Bad(ResponseFault fault) -> malformed(fault);
    }
  }

  private void response(Response response, boolean ended) {
    responding = true;
    if (ended) {
      finish();
    }
    events.response(response, ended);
  }

  private void trailer(Http2Headers block) {
    Optional<Http2Block> read =
        Http2Block.fits(block, ResponseGuard.LIMITS)
            ? Http2Block.read(block, Set.of())
            : Optional.empty();
    if (read.isEmpty()) {
      malformed(ResponseFault.MALFORMED);
    } else {
      finish();
      events.end(Trailers.ofResponse(read.get().fields()));
    }
  }

  /** Takes more of the body; how many bytes of it nobody will ask for. */
  int body(ByteBuf data, boolean ended) {
    int length = data.readableBytes();
    if (!over && !responding) {
      malformed(ResponseFault.MALFORMED);
    }
    if (over) {
      return length;
    }
    unconsumed += length;
    if (ended) {
      finish();
      ended(data);
    } else if (length > 0) {
      events.data(data.retain());
    }
    return 0;
  }

  private void ended(ByteBuf last) {
    if (last.isReadable()) {
      events.last(last.retain());
    } else {
      events.end(Fields.NONE);
    }
  }

  void readComplete() {
    events.readComplete();
  }

  void writable() {
    if (!over) {
      events.writable();
    }
  }

  void reset(long code) {
    boolean unprocessed = code == REFUSED && !responding;
    fail(
        unprocessed
            ? new BackendFailure.Unprocessed(Reason.REFUSED_STREAM)
            : new BackendFailure.Reset(code));
  }

  /** The stream is closed; if that was not the end of the exchange, it is now. */
  void closed() {
    fail(new BackendFailure.Broken(reused && !answered));
  }

  void fail(BackendFailure failure) {
    if (!over) {
      leave();
      events.failed(failure);
    }
  }

  private void malformed(ResponseFault fault) {
    if (!over) {
      giveUp(Http2Error.PROTOCOL_ERROR);
      leave();
      events.failed(new BackendFailure.Malformed(fault));
    }
  }

  /** The response is whole; what is left of the request is of no use to anybody. */
  private void finish() {
    if (!uploaded) {
      giveUp(Http2Error.NO_ERROR);
    }
    leave();
  }

  /** A reset that leaves at once closes the stream at once, of which nothing is to be told. */
  private void giveUp(Http2Error why) {
    over = true;
    connection.resetStream(own(), id, why.code(), promise());
    connection.flush();
  }

  private void leave() {
    over = true;
    more();
    connection.ended();
  }

  private ChannelHandlerContext own() {
    return connection.own();
  }

  private ChannelPromise promise() {
    return own().newPromise();
  }
}
