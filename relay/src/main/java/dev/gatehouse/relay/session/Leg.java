package dev.gatehouse.relay.session;

import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.relay.config.SessionSettings;
import dev.gatehouse.relay.frame.Farewell;
import dev.gatehouse.relay.frame.FrameReader;
import dev.gatehouse.relay.frame.MessageJoiner;
import dev.gatehouse.relay.frame.Pongs;
import dev.gatehouse.relay.frame.Violation;
import dev.gatehouse.relay.gate.Close;
import dev.gatehouse.relay.gate.CloseCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection: joins messages, keeps the deadlines, writes what its source has, and
 * ends once.
 *
 * <p>Everything belongs to the channel's loop; the methods that any thread may call say so and hop.
 * Only so much is handed to the channel as it can soon write: the rest waits in the source, from
 * which it can still be dropped when the connection must end at once.
 */
final class Leg extends SimpleChannelInboundHandler<WebSocketFrame> {

  /** Handed to the channel at a time, unless one message alone is longer. */
  private static final int MAX_IN_FLIGHT = 64 * 1024;

  private static final int NO_CODE = 1005;

  private final Channel channel;
  private final SessionSettings settings;
  private final Ticker ticker;
  private final Conversation conversation;
  private final FrameSource source;
  private final FrameReader reader;
  private final Histogram roundTrips;
  private final MessageJoiner joiner;
  private final Pulse pulse;
  private final Traffic traffic;
  private final Farewell farewell;
  private final Pongs pongs;
  private boolean textLast;
  private int inFlight;
  private long pings;
  private boolean ended;
  private long endedNanos;
  private @Nullable Probe probe;

  /** What a leg stands on, apart from the conversation that it is for. */
  record Ground(Channel channel, SessionSettings settings, Ticker ticker, Histogram roundTrips) {}

  Leg(Ground ground, FrameReader reader, Conversation conversation, FrameSource source) {
    this.channel = ground.channel();
    this.settings = ground.settings();
    this.ticker = ground.ticker();
    this.roundTrips = ground.roundTrips();
    this.reader = reader;
    this.conversation = conversation;
    this.source = source;
    this.joiner = new MessageJoiner(settings.maxMessageBytes());
    this.pulse = new Pulse(settings, ticker.nanos());
    this.traffic = new Traffic(ticker.nanos());
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

  /** Writes what the source has; any thread. */
  void pump() {
    run(this::write);
  }

  /** Reads nothing until {@link #resume}; on the loop. */
  void pause() {
    pulse.pause(ticker.nanos());
    channel.config().setAutoRead(false);
  }

  void resume() {
    if (!ended) {
      pulse.resume(ticker.nanos());
      channel.config().setAutoRead(true);
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
    ByteBuf payload = channel.alloc().buffer(Long.BYTES).writeLong(pings++);
    channel.writeAndFlush(new PingWebSocketFrame(payload));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (ended && !(frame instanceof CloseWebSocketFrame)) {
      return;
    }
    long now = ticker.nanos();
    traffic.seen(now);
    double seconds = pulse.answered(now);
    if (seconds >= 0) {
      roundTrips.record(seconds);
    }
    if (probe != null) {
      takeProbe().alive();
    }
    receive(frame, now);
  }

  private void receive(WebSocketFrame frame, long now) {
    switch (frame) {
      case CloseWebSocketFrame close -> peerClosed(close);
      case PingWebSocketFrame ping -> pongs.answer(ping.content().retain());
      case PongWebSocketFrame _ -> {}
      case TextWebSocketFrame text -> begin(text, true, now);
      case BinaryWebSocketFrame binary -> begin(binary, false, now);
      case ContinuationWebSocketFrame more -> join(more, now);
      default -> throw new IllegalStateException("frame: " + frame.getClass());
    }
  }

  private void begin(WebSocketFrame frame, boolean text, long now) {
    textLast = text;
    if (frame.isFinalFragment()) {
      pulse.midMessage(false, now);
      hand(frame.content(), now);
      return;
    }
    join(frame, now);
  }

  private void join(WebSocketFrame frame, long now) {
    if (joiner.isTooMuch(frame.content())) {
      close(CloseCause.TOO_BIG);
      return;
    }
    pulse.midMessage(true, now);
    joiner.add(frame.content(), channel.alloc());
    if (frame.isFinalFragment()) {
      pulse.midMessage(false, now);
      ByteBuf whole = joiner.take();
      try {
        hand(whole, now);
      } finally {
        whole.release();
      }
    }
  }

  private void hand(ByteBuf message, long now) {
    traffic.received(message.readableBytes());
    conversation.received(message, now);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    pulse.midMessage(reader.isMidFrame() || joiner.isMidMessage(), ticker.nanos());
    ctx.fireChannelReadComplete();
  }

  private void write() {
    boolean wrote = false;
    while (!ended && inFlight < MAX_IN_FLIGHT) {
      ByteBuf next = source.poll();
      if (next == null) {
        break;
      }
      wrote = true;
      send(next);
    }
    if (wrote) {
      channel.flush();
    }
    if (!ended && inFlight == 0) {
      source.drained();
    }
  }

  private void send(ByteBuf message) {
    int length = message.readableBytes();
    if (inFlight == 0) {
      pulse.writing(true, ticker.nanos());
    }
    inFlight += length + 1;
    channel.write(frame(message)).addListener(written -> sent((ChannelFuture) written, length));
  }

  private void sent(ChannelFuture written, int length) {
    inFlight -= length + 1;
    pulse.writing(inFlight > 0, ticker.nanos());
    source.sent(length, written.isSuccess());
    if (written.isSuccess()) {
      traffic.sent(length);
    }
    if (!written.isSuccess()) {
      writeFailed();
    } else if (inFlight < MAX_IN_FLIGHT) {
      write();
    }
  }

  private void writeFailed() {
    if (!ended) {
      conversation.writeFailed();
    }
  }

  private WebSocketFrame frame(ByteBuf message) {
    boolean text =
        switch (settings.sendOpcode()) {
          case BINARY -> false;
          case TEXT -> true;
          case MIRROR -> textLast;
        };
    return text ? new TextWebSocketFrame(message) : new BinaryWebSocketFrame(message);
  }

  private void peerClosed(CloseWebSocketFrame frame) {
    if (ended) {
      channel.close();
      return;
    }
    Optional<CloseCause> violation = Violation.of(frame);
    if (violation.isPresent()) {
      Close words = violation.get().close();
      end(violation.get(), words.code());
      farewell.tellAndClose(words);
      return;
    }
    int code = frame.statusCode();
    end(CloseCause.PEER_CLOSE, code < 0 ? NO_CODE : code);
    farewell.tellAndClose(new Close(code < 0 ? CloseCause.PEER_CLOSE.close().code() : code, ""));
  }

  private void endWith(CloseCause cause, Close words) {
    if (!ended) {
      end(cause, words.code());
      farewell.tell(words);
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
    joiner.clear();
    // only a peer that is read can close
    channel.config().setAutoRead(true);
    conversation.ended(cause, code);
    if (probe != null) {
      takeProbe().gone();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop(CloseCause.PEER_DROP);
    pongs.clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      violated(Violation.of(corrupted));
    } else {
      drop(CloseCause.PEER_DROP);
    }
  }

  /** The codec passes over whatever follows. */
  private void violated(CloseCause cause) {
    if (!ended) {
      end(cause, cause.close().code());
      farewell.tellAndFallSilent(cause.close());
    }
  }
}
