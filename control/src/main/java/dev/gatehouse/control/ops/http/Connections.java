package dev.gatehouse.control.ops.http;

import dev.gatehouse.control.ops.page.Routes;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Speaks HTTP/1.1 on admitted connections. */
public final class Connections implements Consumer<Channel> {

  private final Answering answering;
  private final Executor pages;
  private final Runnable headerExpired;

  /**
   * Serves these routes.
   *
   * @param pages runs the pages, each of which may wait
   * @param headerExpired counts connections whose header did not come in time
   */
  public Connections(
      Routes routes,
      HostCheck hosts,
      EventCounters counters,
      Ticker ticker,
      Executor pages,
      Runnable headerExpired) {
    this.answering = new Answering(routes, hosts, new RequestCounters(counters), ticker);
    this.pages = pages;
    this.headerExpired = headerExpired;
  }

  @Override
  public void accept(Channel channel) {
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    Timeouts timeouts = new Timeouts(headerExpired);
    channel
        .pipeline()
        .addLast("timeouts", timeouts)
        .addLast("decoder", new StrictDecoder())
        .addLast("encoder", new HttpResponseEncoder())
        .addLast("requests", new RequestReader(timeouts))
        .addLast("exchange", new ExchangeHandler(answering, pages, timeouts));
  }
}
