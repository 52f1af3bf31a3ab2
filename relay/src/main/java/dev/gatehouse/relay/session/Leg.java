package dev.gatehouse.relay.session;

import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.relay.config.SessionSettings;
import dev.gatehouse.relay.frame.CloseWords;
import dev.gatehouse.relay.frame.Farewell;
import dev.gatehouse.relay.frame.FrameInput;
import dev.gatehouse.relay.frame.FrameSink;
import dev.gatehouse.relay.frame.Pongs;
import dev.gatehouse.relay.gate.Close;
import dev.gatehouse.relay.gate.CloseCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection: hears messages, keeps the deadlines, writes what its source has, and
 * ends once.
 *
 * <p>Everything belongs to the channel's loop; the methods that any thread may call say so and hop.
 */
final class Leg extends ChannelInboundHandlerAdapter implements FrameSink {

  private final Channel channel;
  private final SessionSettings settings;
  private final Ticker ticker;
  private final Conversation conversation;
  private final Histogram roundTrips;
  private final FrameInput input;
  private final Sending sending;
  private final Pulse pulse;
  private final Traffic traffic;
  private final Farewell farewell;
  private final Pongs pongs;

  // kept, since one made for each message would be an allocation
  private final Runnable write = this::write;

  private boolean listening = true;
  private boolean textLast;
  private long arrivedNanos;
  private long pings;
  private boolean ended;
  private long endedNanos;
  private @Nullable Probe probe;

  /** What a leg stands on, apart from the conversation that it is for. */
  record Ground(Channel channel, SessionSettings settings, Ticker ticker, Histogram roundTrips) {}

  Leg(Ground ground, Conversation conversation, FrameSource source) {
    this.channel = ground.channel();
    this.settings = ground.settings();
    this.ticker = ground.ticker();
    this.roundTrips = ground.roundTrips();
    this.conversation = conversation;
    this.input = new FrameInput(settings.maxMessageBytes(), channel.alloc(), this);
    this.pulse = new Pulse(settings, ticker.nanos());
    this.traffic = new Traffic(ticker.nanos());
    this.sending = new Sending(channel, source, traffic);
    this.farewell = new Farewell(channel);
    this.pongs = new Pongs(channel);
  }

  /** Runs something on the loop: now if this is it, else soon. */
  void run(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
    } else {
      channel.eventLoop().execute(task);
    }
  }

  /** Where it lives. */
  EventLoop loop() {
    return channel.eventLoop();
  }

  /** The connection has ended before it had its place. */
  void forget() {
    input.clear();
  }

  /** What has gone through it. */
  Traffic traffic() {
    return traffic;
  }

  /** A buffer of the connection, which may grow. */
  ByteBuf buffer(int length) {
    return channel.alloc().buffer(length);
  }

  /** Ends the connection for that cause, if it has not ended; any thread. */
  void close(CloseCause cause) {
    close(cause, settings.legacyCloseCodes() ? cause.legacyClose() : cause.close());
  }

  /** As the other, with words of its own; any thread. */
  void close(CloseCause cause, Close words) {
    run(() -> endWith(cause, words));
  }

  /** Writes what the source has, soon; any thread. */
  void pump() {
    if (sending.ask()) {
      channel.eventLoop().execute(write);
    }
  }

  /** Hears nothing until {@link #resume}; on the loop. */
  void pause() {
    listening = false;
    pulse.pause(ticker.nanos());
    channel.config().setAutoRead(false);
  }

  void resume() {
    if (!ended) {
      long now = ticker.nanos();
      listening = true;
      pulse.resume(now);
      input.advance();
      pulse.midMessage(input.isMidMessage(), now);
      channel.config().setAutoRead(listening);
    }
  }

  /** Asks whether the peer lives, and tells the probe; any thread. */
  void ask(Probe asking) {
    run(
        () -> {
          if (ended) {
            asking.gone();
            return;
          }
          probe = asking;
          if (!pulse.isUnanswered()) {
            ping(ticker.nanos());
          }
        });
  }

  /** Looks at the deadlines; on the loop. */
  void tick(long nowNanos) {
    if (ended) {
      if (nowNanos - endedNanos >= settings.closeTimeout().toNanos()) {
        channel.close();
      }
      return;
    }
    if (isProbedSilent(nowNanos)) {
      takeProbe().silent();
      return;
    }
    if (sending.hasMoved()) {
      pulse.writing(true, nowNanos);
    }
    switch (pulse.due(nowNanos)) {
      case NOTHING -> {}
      case PING -> ping(nowNanos);
      case SILENT -> close(CloseCause.HEARTBEAT);
      case MESSAGE -> drop(CloseCause.MESSAGE_TIMEOUT);
      case WRITE -> conversation.writeFailed();
    }
  }

  private boolean isProbedSilent(long nowNanos) {
    return probe != null
        && pulse.isUnanswered()
        && nowNanos - pulse.pingedNanos() >= settings.heartbeat().probe().toNanos();
  }

  private Probe takeProbe() {
    Probe taken = probe;
    probe = null;
    if (taken == null) {
      throw new IllegalStateException("no probe");
    }
    return taken;
  }

  private void ping(long nowNanos) {
    pulse.pinged(nowNanos);
    sending.ping(pings++);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    input.add((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    pulse.midMessage(input.isMidMessage(), ticker.nanos());
    ctx.fireChannelReadComplete();
  }

  @Override
  public boolean isListening() {
    return listening;
  }

  @Override
  public void arrived() {
    if (ended) {
      return;
    }
    arrivedNanos = ticker.nanos();
    traffic.seen(arrivedNanos);
    double seconds = pulse.answered(arrivedNanos);
    if (seconds >= 0) {
      roundTrips.record(seconds);
    }
    if (probe != null) {
      takeProbe().alive();
    }
  }

  @Override
  public void message(ByteBuf message, boolean text) {
    if (ended) {
      return;
    }
    textLast = text;
    pulse.midMessage(false, arrivedNanos);
    traffic.received(message.readableBytes());
    conversation.received(message, arrivedNanos);
  }

  @Override
  public void fragment(boolean text) {
    pulse.midMessage(true, arrivedNanos);
  }

  @Override
  public void ping(ByteBuf words) {
    if (!ended) {
      pongs.answer(words);
    }
  }

  @Override
  public void pong() {
    // that a frame has come is all that was asked
  }

  @Override
  public void close(ByteBuf words) {
    if (ended) {
      channel.close();
      return;
    }
    Optional<CloseCause> fault = CloseWords.fault(words);
    if (fault.isPresent()) {
      Close answer = fault.get().close();
      end(fault.get(), answer.code());
      farewell.tellAndClose(answer);
      return;
    }
    int code = CloseWords.code(words);
    end(CloseCause.PEER_CLOSE, code);
    int echo = code == CloseWords.NO_CODE ? CloseCause.PEER_CLOSE.close().code() : code;
    farewell.tellAndClose(new Close(echo, ""));
  }

  /** Whatever follows is passed over. */
  @Override
  public void violated(CloseCause cause) {
    if (!ended) {
      end(cause, cause.close().code());
      farewell.tellAndFallSilent(cause.close());
    }
  }

  private void write() {
    sending.write(
        switch (settings.sendOpcode()) {
          case BINARY -> false;
          case TEXT -> true;
          case MIRROR -> textLast;
        });
    pulse.writing(sending.isUnderWay(), ticker.nanos());
  }

  /** Nothing waits in the channel any more, or something does. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      write();
    }
    ctx.fireChannelWritabilityChanged();
  }

  private void endWith(CloseCause cause, Close words) {
    if (!ended) {
      end(cause, words.code());
      farewell.tell(words);
      // the peer's last word may have come while nobody listened
      input.advance();
    }
  }

  /** Ends without a word. */
  private void drop(CloseCause cause) {
    if (!ended) {
      end(cause, cause.close().code());
    }
    channel.close();
  }

  private void end(CloseCause cause, int code) {
    ended = true;
    endedNanos = ticker.nanos();
    sending.stop();
    // only a peer that is read can close
    listening = true;
    channel.config().setAutoRead(true);
    conversation.ended(cause, code);
    if (probe != null) {
      takeProbe().gone();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop(CloseCause.PEER_DROP);
    sending.lose();
    input.clear();
    pongs.clear();
    ctx.fireChannelInactive();
  }

  /** A failed read, or a failed write: which of them, only that tells which was under way. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!ended && sending.isUnderWay()) {
      conversation.writeFailed();
    }
    drop(CloseCause.PEER_DROP);
  }
}
