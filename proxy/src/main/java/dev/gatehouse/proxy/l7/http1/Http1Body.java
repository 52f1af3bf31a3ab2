package dev.gatehouse.proxy.l7.http1;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Trailers;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.http.ChunkedBodyDecoder;
import dev.gatehouse.wire.http.ChunkedBodyDecoder.Part;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.HeadLimits;
import io.netty.buffer.ByteBuf;

/** Reads the body of one request of HTTP/1, piece by piece. */
sealed interface Http1Body {

  /** What comes next. */
  sealed interface Next {

    /** Not yet. */
    record Nothing() implements Next {}

    /** Owned by the receiver. */
    record Data(ByteBuf bytes) implements Next {}

    record End(Fields trailer) implements Next {}

    /** It is no body. */
    record Broken(RefusalReason reason) implements Next {}
  }

  /** The next piece of a body that has not ended. */
  Next next(ByteBuf in);

  /**
   * The reader of a body.
   *
   * @param framing of one that is not empty
   */
  static Http1Body of(Framing framing, HeadLimits limits) {
    return switch (framing) {
      case Framing.Length(long bytes) -> new Counted(bytes);
      case Framing.Streamed(), Framing.None(), Framing.UntilClose() ->
          new Chunked(new ChunkedBodyDecoder(limits));
    };
  }

  /** As long as the head says. */
  final class Counted implements Http1Body {

    private long rest;

    private Counted(long bytes) {
      rest = bytes;
    }

    @Override
    public Next next(ByteBuf in) {
      if (rest == 0) {
        return new Next.End(Fields.NONE);
      }
      int length = (int) Math.min(rest, in.readableBytes());
      if (length == 0) {
        return new Next.Nothing();
      }
      rest -= length;
      return new Next.Data(in.readRetainedSlice(length));
    }
  }

  /** Up to the last chunk, and what comes after it. */
  record Chunked(ChunkedBodyDecoder decoder) implements Http1Body {

    @Override
    public Next next(ByteBuf in) {
      return switch (decoder.decode(in)) {
        case Decoded.Incomplete<Part>() -> new Next.Nothing();
        case Decoded.Malformed<Part>(Decoded.Fault _) -> new Next.Broken(RefusalReason.FRAMING);
        case Decoded.Complete<Part>(Part.Data(ByteBuf bytes)) -> new Next.Data(bytes);
        case Decoded.Complete<Part>(Part.End(Fields trailer)) ->
            Trailers.ofRequest(trailer)
                .<Next>map(Next.End::new)
                .orElseGet(() -> new Next.Broken(RefusalReason.HEADER));
      };
    }
  }
}
