package dev.gatehouse.bench.l7;

import dev.gatehouse.bench.l7.TlsClient.Asked;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;
import io.netty.util.concurrent.Promise;
import java.io.IOException;

/** The end of a client's pipeline: asks once TLS is there and tells what became of it. */
final class Question extends SimpleChannelInboundHandler<FullHttpResponse> {

  private final String host;
  private final String path;
  private final Promise<Asked> answer;

  Question(String host, String path, Promise<Asked> answer) {
    this.host = host;
    this.path = path;
    this.answer = answer;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
      var request =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER);
      request.headers().set(HttpHeaderNames.HOST, host);
      context.writeAndFlush(request);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
    if (response.status().equals(HttpResponseStatus.OK)) {
      answer.trySuccess(new Asked(context.channel(), isResumed(context)));
    } else {
      answer.tryFailure(new IOException("answered " + response.status() + " (expected: 200)"));
    }
  }

  private static boolean isResumed(ChannelHandlerContext context) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    return SSL.isSessionReused(((ReferenceCountedOpenSslEngine) tls.engine()).sslPointer());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    answer.tryFailure(new IOException("closed before the answer"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    answer.tryFailure(cause);
    context.close();
  }
}
