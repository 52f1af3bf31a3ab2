package dev.gatehouse.proxy.upstream.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** Finds out whether a backend answers the preface of HTTP/2 in HTTP/1; then it is gone. */
final class PrefaceAnswer extends ChannelInboundHandlerAdapter {

  /** What every response of HTTP/1 begins with, and no frame that comes first. */
  private static final byte[] HTTP_1 = "HTTP/".getBytes(StandardCharsets.US_ASCII);

  private final Runnable http1;

  PrefaceAnswer(Runnable http1) {
    this.http1 = http1;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    context.pipeline().remove(this);
    if (isHttp1(in)) {
      in.release();
      http1.run();
    } else {
      context.fireChannelRead(in);
    }
  }

  /** A first segment of fewer bytes than these is nobody's. */
  private static boolean isHttp1(ByteBuf in) {
    if (in.readableBytes() < HTTP_1.length) {
      return false;
    }
    for (int i = 0; i < HTTP_1.length; i++) {
      if (in.getByte(in.readerIndex() + i) != HTTP_1[i]) {
        return false;
      }
    }
    return true;
  }
}
