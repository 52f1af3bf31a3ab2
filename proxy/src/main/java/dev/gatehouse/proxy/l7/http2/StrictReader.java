package dev.gatehouse.proxy.l7.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a client, and ends a stream or the connection where RFC 9113 demands that and
 * the codec is content with less.
 */
final class StrictReader extends DefaultHttp2FrameReader {

  private final Http2Connection connection;
  private final SkippedStreams skipped = new SkippedStreams();
  private @Nullable Strict strict;

  StrictReader(Http2Connection connection, Http2HeadersDecoder blocks) {
    super(blocks);
    this.connection = connection;
  }

  @Override
  public void readFrame(ChannelHandlerContext context, ByteBuf in, Http2FrameListener listener)
      throws Http2Exception {
    Strict known = strict;
    if (known == null || !known.to.equals(listener)) {
      known = new Strict(listener);
      strict = known;
    }
    super.readFrame(context, in, known);
  }

  private void check(int id) throws Http2Exception {
    Http2Stream stream = connection.stream(id);
    if (stream != null && stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
      // section 5.1
      throw Http2Exception.streamError(id, Http2Error.STREAM_CLOSED, "HEADERS behind the end");
    }
    if (stream == null && !skipped.use(id)) {
      // section 5.1.1
      throw Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, "a lower stream: %d", id);
    }
  }

  /** What comes between the frames and what is made of them. */
  private final class Strict extends Http2FrameListenerDecorator {

    private final Http2FrameListener to;

    Strict(Http2FrameListener to) {
      super(to);
      this.to = to;
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context, int id, Http2Headers block, int padding, boolean ended)
        throws Http2Exception {
      check(id);
      to.onHeadersRead(context, id, block, padding, ended);
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context,
        int id,
        Http2Headers block,
        int dependency,
        short weight,
        boolean exclusive,
        int padding,
        boolean ended)
        throws Http2Exception {
      check(id);
      to.onHeadersRead(context, id, block, dependency, weight, exclusive, padding, ended);
    }

    /** Whichever window overflows by a setting, it is the connection's fault (section 6.9.2). */
    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
        throws Http2Exception {
      try {
        to.onSettingsRead(context, settings);
      } catch (Http2Exception.StreamException e) {
        throw Http2Exception.connectionError(e.error(), e, "a setting");
      }
    }
  }
}
