package dev.gatehouse.proxy.exchange;

import dev.gatehouse.proxy.http.response.ErrorPage;
import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;

/** The client's side of one exchange, whatever protocol it speaks; on its loop. */
public interface ClientStream {

  /** News before the response, for those who understand them. */
  void interim(Interim interim);

  /**
   * The head of the response.
   *
   * @param ended whether it is all there is
   */
  void respond(Response response, boolean ended);

  /** More of the body; released here. */
  void data(ByteBuf bytes);

  /** The end of the body. */
  void end(Fields trailer);

  /** The last of the body, behind which there is no trailer; released here. */
  default void last(ByteBuf bytes) {
    data(bytes);
    end(Fields.NONE);
  }

  /** A response of the proxy itself, whole; the request is not read any further. */
  void answer(ErrorPage page);

  /** The rest of the response does not come, which the client must be able to tell from its end. */
  void truncate();

  /** As {@link #truncate}, with the word of the backend for it where a client can be told. */
  default void reset(long code) {
    truncate();
  }

  /** The response was whole before the request was; the rest of that is of no use to anybody. */
  void stopUpload();

  /** What it has sent was taken by the backend; more may come. */
  void more();

  /** What was sent leaves now. */
  void flush();

  /** Whether it takes more without keeping it here. */
  boolean isWritable();

  /**
   * Turns to WebSocket.
   *
   * @param tunnel is told of what comes from now on
   * @return where that puts what comes from the backend
   */
  Tunnel.End switchTo(Switching switching, Tunnel tunnel);
}
