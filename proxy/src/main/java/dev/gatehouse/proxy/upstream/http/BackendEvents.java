package dev.gatehouse.proxy.upstream.http;

import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** Who is told what a backend says in one exchange; on the loop of its client. */
public interface BackendEvents {

  /** There is a connection. */
  void opened(BackendStream stream);

  /** News before the response. */
  void interim(Interim interim);

  /**
   * The head of the response.
   *
   * @param ended whether it is all there is
   */
  void response(Response response, boolean ended);

  /** More of the body; owned by the receiver. */
  void data(ByteBuf bytes);

  /** The end of the body. */
  void end(Fields trailer);

  /** The last of the body, behind which there is no trailer; owned by the receiver. */
  void last(ByteBuf bytes);

  /** What has come is told; {@link BackendStream#more} is needed for more. */
  void readComplete();

  /** The backend takes more again. */
  void writable();

  /**
   * The backend turns to WebSocket.
   *
   * @param channel on which nobody speaks HTTP any more, with reading off
   * @param first bytes that came with the head; owned by the receiver
   */
  void switched(Switching switching, Channel channel, ByteBuf first);

  /** There will be no response, or not the rest of it. */
  void failed(BackendFailure failure);
}
