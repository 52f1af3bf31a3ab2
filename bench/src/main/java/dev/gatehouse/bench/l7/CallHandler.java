package dev.gatehouse.bench.l7;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers a call, once it has all of it, as gRPC does: head, one message, status in the trailer.
 */
@Sharable
final class CallHandler extends ChannelInboundHandlerAdapter {

  /** Of a message, with the five bytes that say how long it is. */
  static final int MESSAGE_BYTES = 105;

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      if (frame instanceof Http2DataFrame data && data.isEndStream()) {
        answer(context);
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private static void answer(ChannelHandlerContext context) {
    context.write(
        new DefaultHttp2HeadersFrame(
            new DefaultHttp2Headers().status("200").set("content-type", "application/grpc")));
    context.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(message())));
    context.writeAndFlush(
        new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().set("grpc-status", "0"), true));
  }

  /** Zeros but for the length, which is below 256. */
  static byte[] message() {
    byte[] message = new byte[MESSAGE_BYTES];
    message[4] = MESSAGE_BYTES - 5;
    return message;
  }
}
