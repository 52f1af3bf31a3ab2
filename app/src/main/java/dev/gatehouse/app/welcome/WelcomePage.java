package dev.gatehouse.app.welcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.listen.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;

/** Answers the first request of a connection, whatever it asks for, and ends it. */
final class WelcomePage extends SimpleChannelInboundHandler<HttpObject> {

  private final Endpoint self;
  private boolean answered;

  WelcomePage(Endpoint self) {
    this.self = self;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpRequest request && !answered) {
      answered = true;
      context
          .writeAndFlush(answer(context.channel(), request))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  private FullHttpResponse answer(Channel channel, HttpRequest request) {
    HttpResponseStatus status =
        request.decoderResult().isSuccess()
            ? HttpResponseStatus.OK
            : HttpResponseStatus.BAD_REQUEST;
    ByteBuf body = Unpooled.copiedBuffer(text(channel), UTF_8);
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }

  private String text(Channel channel) {
    return """
        You came through Gatehouse.

          you           %s
          you called    %s
          this backend  %s, with a certificate of its own

        Your bytes were not touched on the way: TLS (%s) is between you and this backend. Who
        you are it knows from the PROXY header that came before your first byte.
        """
        .formatted(
            ClientAddress.of(channel),
            ClientAddress.destination(channel),
            self,
            channel.pipeline().get(SslHandler.class).engine().getSession().getProtocol());
  }
}
