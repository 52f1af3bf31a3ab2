package dev.gatehouse.proxy.l7.http1;

import dev.gatehouse.proxy.exchange.ClientStream;
import dev.gatehouse.proxy.exchange.RequestContext;
import dev.gatehouse.proxy.exchange.Tunnel;
import dev.gatehouse.proxy.exchange.TunnelMouth;
import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Http1Chunks;
import dev.gatehouse.proxy.http.Protocol;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.response.ClientResponse;
import dev.gatehouse.proxy.http.response.ErrorPage;
import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.Http1Encoder;
import dev.gatehouse.wire.http.StatusLine;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** Writes the response to one request of HTTP/1. */
final class Http1Reply implements ClientStream {

  private static final int USUAL_HEAD = 512;

  private final Http1Frontend frontend;
  private final Channel channel;
  private final Request request;
  private final String requestId;
  private boolean chunked;
  private boolean last;

  Http1Reply(Http1Frontend frontend, Channel channel, RequestContext context) {
    this.frontend = frontend;
    this.channel = channel;
    this.request = context.request();
    this.requestId = context.forwarding().requestId();
  }

  @Override
  public void interim(Interim interim) {
    response().http1(interim).ifPresent(this::write);
  }

  @Override
  public void respond(Response response, boolean ended) {
    last = frontend.isLast(request);
    boolean streamed =
        switch (response.framing()) {
          case Framing.Streamed(), Framing.UntilClose() -> true;
          case Framing.None(), Framing.Length(long _) -> false;
        };
    chunked = streamed && request.protocol() == Protocol.HTTP_1_1;
    write(response().http1(response, last));
    if (ended) {
      ended();
    }
  }

  @Override
  public void data(ByteBuf bytes) {
    frontend.wrote(bytes.readableBytes());
    if (chunked) {
      Http1Chunks.write(channel, bytes);
    } else {
      channel.write(bytes, channel.voidPromise());
    }
  }

  @Override
  public void end(Fields trailer) {
    if (chunked) {
      ByteBuf out = channel.alloc().buffer();
      Http1Encoder.writeLastChunk(out, trailer);
      channel.write(out, channel.voidPromise());
    }
    ended();
  }

  private void ended() {
    if (last) {
      channel.flush();
      frontend.farewell();
    }
  }

  @Override
  public void answer(ErrorPage page) {
    last = frontend.isLast(request);
    frontend.answer(request.method().equals("HEAD") ? page.withoutBody() : page, last);
  }

  /** Where the end of the connection is the end of the body, only a reset tells the difference. */
  @Override
  public void truncate() {
    frontend.abort(request.protocol() == Protocol.HTTP_1_0);
  }

  @Override
  public void stopUpload() {
    // the response said that the connection ends with it
  }

  @Override
  public void more() {
    frontend.read();
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public Tunnel.End switchTo(Switching switching, Tunnel tunnel) {
    write(response().http1(switching));
    TunnelMouth mouth = tunnel.ofClient(channel);
    frontend.handOver(mouth);
    return mouth;
  }

  private void write(Head<StatusLine> head) {
    ByteBuf out = channel.alloc().buffer(USUAL_HEAD);
    Http1Encoder.writeResponse(out, head);
    channel.write(out, channel.voidPromise());
  }

  private ClientResponse response() {
    return new ClientResponse(request, frontend.shared().stamp(requestId));
  }
}
