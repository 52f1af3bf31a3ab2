package dev.gatehouse.proxy.upstream.http;

import dev.gatehouse.proxy.http.forward.BackendRequest;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;

/** The backend's side of one exchange, whatever protocol it speaks; on the loop of its client. */
public interface BackendStream {

  /** Who it is. */
  Backend backend();

  /** Whether somebody else has used its connection before, which may be why it breaks. */
  boolean isReused();

  /**
   * Sends the head.
   *
   * @param ended whether it is all there is
   */
  void begin(BackendRequest request, boolean ended);

  /** Sends more of the body, and releases it. */
  void data(ByteBuf bytes);

  /** Sends the end of the body. */
  void end(Fields trailer);

  /** What was sent leaves now. */
  void flush();

  /** Whether it takes more without keeping it here. */
  boolean isWritable();

  /** What it has sent was taken by the client; more may come. */
  void more();

  /** Nobody is interested any more; nothing is told of it from now on. */
  void cancel();
}
