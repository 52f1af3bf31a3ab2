package dev.gatehouse.proxy.upstream.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * A backend that speaks HTTP/2 frame by frame, sound or not: it sends what it is told to, and
 * writes down what it gets.
 */
final class Http2Peer {

  private static final int PREFACE = 24;

  final List<String> got = new ArrayList<>();
  private final EmbeddedChannel other;
  private final EmbeddedChannel own = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final DefaultHttp2FrameWriter writer = new DefaultHttp2FrameWriter();
  private final DefaultHttp2FrameReader reader = new DefaultHttp2FrameReader(false);
  private final ByteBuf in = ByteBufAllocator.DEFAULT.buffer();
  private boolean greeted;
  private boolean agreed;

  Http2Peer(EmbeddedChannel other) {
    this.other = other;
  }

  /** Takes what the proxy has sent by the end of its turn. */
  List<String> listen() throws Http2Exception {
    other.runPendingTasks();
    for (ByteBuf out = other.readOutbound(); out != null; out = other.readOutbound()) {
      in.writeBytes(out);
      out.release();
    }
    if (!greeted && in.readableBytes() >= PREFACE) {
      greeted = true;
      got.add(in.readCharSequence(PREFACE, US_ASCII).subSequence(0, 5).toString());
    }
    int before = -1;
    while (in.isReadable() && in.readableBytes() != before) {
      before = in.readableBytes();
      reader.readFrame(context(), in, new Frames());
    }
    return got;
  }

  /** What it has got since it was asked last, without what keeps a connection going. */
  List<String> heard() throws Http2Exception {
    listen();
    List<String> heard = List.copyOf(got);
    got.clear();
    return heard;
  }

  /** Says its own, and agrees to those of the other. */
  void settings(Http2Settings settings) {
    writer.writeSettings(context(), settings, context().newPromise());
    if (!agreed) {
      agreed = true;
      writer.writeSettingsAck(context(), context().newPromise());
    }
    deliver();
  }

  void headers(int stream, boolean ended, String... pairs) {
    Http2Headers block = new DefaultHttp2Headers(false);
    for (int i = 0; i < pairs.length; i += 2) {
      block.add(pairs[i], pairs[i + 1]);
    }
    writer.writeHeaders(context(), stream, block, 0, ended, context().newPromise());
    deliver();
  }

  void data(int stream, String text, boolean ended) {
    ByteBuf bytes = Conversations.bytes(text);
    writer.writeData(context(), stream, bytes, 0, ended, context().newPromise());
    deliver();
  }

  void reset(int stream, long code) {
    writer.writeRstStream(context(), stream, code, context().newPromise());
    deliver();
  }

  void goAway(int last) {
    writer.writeGoAway(
        context(), last, 0, ByteBufAllocator.DEFAULT.buffer(0), context().newPromise());
    deliver();
  }

  void windowUpdate(int stream, int bytes) {
    writer.writeWindowUpdate(context(), stream, bytes, context().newPromise());
    deliver();
  }

  /** Lets go of what it holds. */
  void close() {
    in.release();
    own.finishAndReleaseAll();
    reader.close();
    writer.close();
  }

  private void deliver() {
    own.flush();
    ByteBuf all = ByteBufAllocator.DEFAULT.buffer();
    for (ByteBuf out = own.readOutbound(); out != null; out = own.readOutbound()) {
      all.writeBytes(out);
      out.release();
    }
    other.writeInbound(all);
  }

  private ChannelHandlerContext context() {
    return own.pipeline().firstContext();
  }

  private final class Frames extends Http2EventAdapter {

    @Override
    public int onDataRead(
        ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean ended) {
      got.add("data " + id + " " + data.readableBytes() + (ended ? " ended" : ""));
      return data.readableBytes() + padding;
    }

    @Override
    public void onHeadersRead(
        ChannelHandlerContext context, int id, Http2Headers block, int padding, boolean ended) {
      CharSequence method = block.method();
      String what = method == null ? "trailer" : method + " " + block.scheme();
      got.add("headers " + id + " " + what + (ended ? " ended" : ""));
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
        boolean ended) {
      onHeadersRead(context, id, block, padding, ended);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int id, long code) {
      got.add("reset " + id + " " + code);
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext context, int last, long code, ByteBuf debug) {
      got.add("goaway " + code);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
      got.add("settings " + settings.pushEnabled() + " " + settings.initialWindowSize());
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext context, int id, int increment) {
      got.add("window " + id + " " + increment);
    }

    @Override
    public void onUnknownFrame(
        ChannelHandlerContext context, byte type, int id, Http2Flags flags, ByteBuf payload) {
      got.add("unknown " + type);
    }
  }
}
