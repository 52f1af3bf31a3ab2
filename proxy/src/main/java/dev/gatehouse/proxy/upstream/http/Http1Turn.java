package dev.gatehouse.proxy.upstream.http;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Http1Chunks;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.Trailers;
import dev.gatehouse.proxy.http.forward.BackendRequest;
import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.http.response.ResponseFault;
import dev.gatehouse.proxy.http.response.ResponseGuard;
import dev.gatehouse.proxy.http.response.ResponseVerdict;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.http.ChunkedBodyDecoder;
import dev.gatehouse.wire.http.ChunkedBodyDecoder.Part;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.Http1Encoder;
import dev.gatehouse.wire.http.Http1Fault;
import dev.gatehouse.wire.http.Http1HeadParser;
import dev.gatehouse.wire.http.StatusLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One exchange on a connection of HTTP/1.1. */
final class Http1Turn implements BackendStream {

  private static final int USUAL_HEAD = 512;

  /** A SETTINGS frame on stream 0, which no response of HTTP/1 begins like. */
  private static final int FRAME_HEADER = 9;

  private static final int SETTINGS = 4;

  private final Http1Backend connection;
  private final BackendEvents events;
  private final boolean reused;
  private final ResponseGuard guard;
  private Http1HeadParser<StatusLine> parser = newParser();
  private @Nullable ChunkedBodyDecoder chunks;
  private Framing request = new Framing.None();
  private Phase phase = Phase.HEAD;
  private boolean requestEnded;
  private boolean answered;
  private boolean reusable;
  private boolean over;
  private long rest;

  private enum Phase {
    HEAD,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  Http1Turn(Http1Backend connection, Request request, BackendEvents events, boolean reused) {
    this.connection = connection;
    this.events = events;
    this.reused = reused;
    this.guard = new ResponseGuard(request);
  }

  private static Http1HeadParser<StatusLine> newParser() {
    return Http1HeadParser.ofResponse(ResponseGuard.LIMITS);
  }

  @Override
  public Backend backend() {
    return connection.backend();
  }

  @Override
  public boolean isReused() {
    return reused;
  }

  @Override
  public void begin(BackendRequest head, boolean ended) {
    request = head.request().framing();
    requestEnded = ended;
    ByteBuf out = alloc().buffer(USUAL_HEAD);
    Http1Encoder.writeRequest(out, head.http1());
    if (ended && request instanceof Framing.Streamed) {
      Http1Encoder.writeLastChunk(out, Fields.NONE);
    }
    write(out);
  }

  @Override
  public void data(ByteBuf bytes) {
    if (over) {
      bytes.release();
      return;
    }
    switch (request) {
      case Framing.Streamed() -> Http1Chunks.write(connection.channel(), bytes);
      case Framing.Length(long _) -> write(bytes);
      case Framing.None(), Framing.UntilClose() -> bytes.release();
    }
  }

  @Override
  public void end(Fields trailer) {
    requestEnded = true;
    if (!over && request instanceof Framing.Streamed) {
      ByteBuf out = alloc().buffer();
      Http1Encoder.writeLastChunk(out, trailer);
      write(out);
    }
  }

  @Override
  public void flush() {
    connection.channel().flush();
  }

  @Override
  public boolean isWritable() {
    return connection.channel().isWritable();
  }

  @Override
  public void more() {
    if (!over) {
      connection.channel().read();
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      connection.abandon();
    }
  }

  boolean awaitsHead() {
    return phase == Phase.HEAD;
  }

  void readComplete() {
    if (!over) {
      events.readComplete();
    }
  }

  void writable() {
    events.writable();
  }

  void read(ByteBuf in) {
    answered = true;
    boolean goesOn = true;
    while (goesOn && !over) {
      goesOn =
          switch (phase) {
            case HEAD -> head(in);
            case LENGTH -> length(in);
            case CHUNKED -> chunked(in);
            case UNTIL_CLOSE -> untilClose(in);
          };
    }
  }

  /** The connection has ended, by the backend's FIN or otherwise. */
  void lost(boolean orderly) {
    if (over) {
      return;
    }
    if (orderly && phase == Phase.UNTIL_CLOSE) {
      finish(Unpooled.EMPTY_BUFFER, Fields.NONE);
    } else {
      fail(new BackendFailure.Broken(reused && !answered));
    }
  }

  private boolean head(ByteBuf in) {
    return switch (parser.decode(in)) {
      case Decoded.Incomplete<Head<StatusLine>>() -> false;
      case Decoded.Malformed<Head<StatusLine>>(Decoded.Fault fault) -> malformed(in, fault);
      case Decoded.Complete<Head<StatusLine>>(Head<StatusLine> head) ->
          judged(guard.judge(head), in);
    };
  }

  private boolean judged(ResponseVerdict verdict, ByteBuf in) {
    return switch (verdict) {
      case ResponseVerdict.Interim interim -> {
        parser = newParser();
        events.interim(interim);
        yield true;
      }
      case ResponseVerdict.Final(Response response) -> response(response, in);
      case ResponseVerdict.Switching switching -> switched(switching, in);
      case ResponseVerdict.Bad(ResponseFault fault) -> fail(new BackendFailure.Malformed(fault));
    };
  }

  private boolean response(Response response, ByteBuf in) {
    reusable = response.reusable();
    Framing framing = response.framing();
    switch (framing) {
      case Framing.None() -> {}
      case Framing.Length(long bytes) -> {
        phase = Phase.LENGTH;
        rest = bytes;
      }
      case Framing.Streamed() -> {
        phase = Phase.CHUNKED;
        chunks = new ChunkedBodyDecoder(ResponseGuard.LIMITS);
      }
      case Framing.UntilClose() -> phase = Phase.UNTIL_CLOSE;
    }
    if (framing.isEmpty()) {
      leave(in);
    }
    events.response(response, framing.isEmpty());
    return true;
  }

  private boolean switched(ResponseVerdict.Switching switching, ByteBuf in) {
    over = true;
    ByteBuf first = in.readRetainedSlice(in.readableBytes());
    connection.handOver();
    events.switched(switching, connection.channel(), first);
    return false;
  }

  private boolean length(ByteBuf in) {
    int length = (int) Math.min(rest, in.readableBytes());
    if (length == 0) {
      return false;
    }
    rest -= length;
    ByteBuf bytes = in.readRetainedSlice(length);
    if (rest == 0) {
      leave(in);
      events.last(bytes);
    } else {
      events.data(bytes);
    }
    return true;
  }

  private boolean chunked(ByteBuf in) {
    return switch (Objects.requireNonNull(chunks).decode(in)) {
      case Decoded.Incomplete<Part>() -> false;
      case Decoded.Malformed<Part>(Decoded.Fault _) ->
          fail(new BackendFailure.Malformed(ResponseFault.FRAMING));
      case Decoded.Complete<Part>(Part.Data(ByteBuf bytes)) -> {
        events.data(bytes);
        yield true;
      }
      case Decoded.Complete<Part>(Part.End(Fields trailer)) -> {
        finish(in, Trailers.ofResponse(trailer));
        yield false;
      }
    };
  }

  private boolean untilClose(ByteBuf in) {
    if (in.isReadable()) {
      events.data(in.readRetainedSlice(in.readableBytes()));
    }
    return false;
  }

  /** The connection is free before the end is told, so that it can serve what the end brings. */
  private void finish(ByteBuf in, Fields trailer) {
    leave(in);
    events.end(trailer);
  }

  private void leave(ByteBuf in) {
    over = true;
    connection.ended(reusable && requestEnded, in.isReadable());
  }

  private boolean malformed(ByteBuf in, Decoded.Fault fault) {
    if (isHttp2(in)) {
      connection.learned(true);
      return fail(new BackendFailure.OtherProtocol());
    }
    boolean large =
        fault == Http1Fault.HEADER_SIZE
            || fault == Http1Fault.FIELD_COUNT
            || fault == Http1Fault.START_LINE_LENGTH;
    return fail(
        new BackendFailure.Malformed(large ? ResponseFault.TOO_LARGE : ResponseFault.MALFORMED));
  }

  private boolean fail(BackendFailure failure) {
    over = true;
    connection.abandon();
    events.failed(failure);
    return false;
  }

  private static boolean isHttp2(ByteBuf in) {
    int start = in.readerIndex();
    return in.readableBytes() >= FRAME_HEADER
        && in.getByte(start) == 0
        && in.getByte(start + 3) == SETTINGS
        && in.getInt(start + 5) == 0;
  }

  private void write(ByteBuf out) {
    connection.channel().write(out, connection.channel().voidPromise());
  }

  private ByteBufAllocator alloc() {
    return connection.channel().alloc();
  }
}
