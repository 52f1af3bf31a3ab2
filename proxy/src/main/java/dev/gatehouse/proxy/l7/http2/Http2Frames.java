package dev.gatehouse.proxy.l7.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;

/** What the frames of a client mean. */
final class Http2Frames extends Http2EventAdapter {

  private final Http2Frontend frontend;

  Http2Frames(Http2Frontend frontend) {
    this.frontend = frontend;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int id, Http2Headers block, int padding, boolean ended)
      throws Http2Exception {
    Http2Stream stream = frontend.connection().stream(id);
    if (stream == null || frontend.isDead()) {
      return;
    }
    Http2Reply known = frontend.reply(stream);
    if (known == null) {
      frontend.head(stream, block, ended);
    } else {
      frontend.touched(known);
      frontend.trailer(stream, known, block);
    }
  }

  /** Priorities are advice that nobody takes (RFC 9113 section 5.3.2). */
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
    onHeadersRead(context, id, block, padding, ended);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean ended) {
    Http2Stream stream = frontend.connection().stream(id);
    Http2Reply reply = stream == null ? null : frontend.reply(stream);
    if (reply == null || frontend.isDead()) {
      return data.readableBytes() + padding;
    }
    frontend.touched(reply);
    return padding + reply.data(data, ended);
  }
}
