package dev.gatehouse.net.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a listening channel's pipeline: what went wrong in accepting.
 *
 * <p>Before it, Netty's acceptor has paused accepting for a second, so that running out of
 * descriptors costs neither a busy loop nor a line for each attempt.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(AcceptFailures.class);

  private final String listener;
  private volatile @Nullable Throwable last;

  AcceptFailures(String listener) {
    this.listener = listener;
  }

  /** What failed most recently, null if nothing did. */
  @Nullable Throwable last() {
    return last;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    last = cause;
    log.atWarn()
        .setMessage("accept_failed")
        .addKeyValue("listener", listener)
        .addKeyValue("err", cause.getMessage())
        .log();
  }
}
