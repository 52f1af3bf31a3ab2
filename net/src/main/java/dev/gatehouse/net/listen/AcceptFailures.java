package dev.gatehouse.net.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a listening channel's pipeline: what went wrong in accepting.
 *
 * <p>Before it, Netty's acceptor has paused accepting, so that running out of descriptors does not
 * become a busy loop. It would pause for a second; whoever queues then is better off with less.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {

  static final long PAUSE_MILLIS = 100;

  private static final long SECONDS_BETWEEN_LINES = 1;
  private static final Logger log = LoggerFactory.getLogger(AcceptFailures.class);

  private final String listener;
  private volatile @Nullable Throwable last;
  private boolean told;

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
    Channel server = context.channel();
    context.executor().schedule(() -> resume(server), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    if (!told) {
      told = true;
      context.executor().schedule(() -> told = false, SECONDS_BETWEEN_LINES, TimeUnit.SECONDS);
      tell(cause);
    }
  }

  private static void resume(Channel server) {
    if (server.isActive()) {
      server.config().setAutoRead(true);
    }
  }

  private void tell(Throwable cause) {
    log.atWarn()
        .setMessage("accept_failed")
        .addKeyValue("listener", listener)
        .addKeyValue("err", cause.getMessage())
        .log();
  }
}
