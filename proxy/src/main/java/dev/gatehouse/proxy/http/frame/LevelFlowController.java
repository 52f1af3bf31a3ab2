package dev.gatehouse.proxy.http.frame;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import org.jspecify.annotations.Nullable;

/**
 * What may be sent to the peer (RFC 9113 section 5.2), with a listener that hears of every stream
 * that takes more whenever the channel has room again.
 *
 * <p>Netty tells of differences alone. TLS counts what it holds at once and says so later: a
 * channel can be full and free again before this is told of either, and whoever looked in between
 * would wait for ever.
 */
final class LevelFlowController extends DefaultHttp2RemoteFlowController {

  private final Http2Connection connection;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Listener listener;

  /** One that gives all streams equal shares. */
  LevelFlowController(Http2Connection connection) {
    super(connection, new UniformStreamByteDistributor(connection));
    this.connection = connection;
  }

  @Override
  public void channelHandlerContext(ChannelHandlerContext given) throws Http2Exception {
    context = given;
    super.channelHandlerContext(given);
  }

  @Override
  public void listener(@Nullable Listener told) {
    listener = told;
    super.listener(told);
  }

  @Override
  public void channelWritabilityChanged() throws Http2Exception {
    super.channelWritabilityChanged();
    Listener told = listener;
    if (told != null && context != null && context.channel().isWritable()) {
      connection.forEachActiveStream(
          stream -> {
            if (isWritable(stream)) {
              told.writabilityChanged(stream);
            }
            return true;
          });
    }
  }
}
