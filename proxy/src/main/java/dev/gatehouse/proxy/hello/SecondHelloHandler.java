package dev.gatehouse.proxy.hello;

import dev.gatehouse.net.listen.HeldBytes;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ClientHelloDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Compares the hello that follows a HelloRetryRequest with the first, for whoever speaks TLS looks
 * at one of them only; then, or if there is no second hello, this handler is gone.
 *
 * <p>What cannot be read as a hello is left to TLS.
 */
public final class SecondHelloHandler extends ChannelInboundHandlerAdapter {

  /** Its place in a pipeline. */
  public static final String NAME = "second-hello";

  /** What the configuration may allow the first at most. */
  private static final int MAX_SIZE = 64 * 1024;

  private static final int MAX_RECORDS = 1024;

  private static final int HANDSHAKE = 22;

  /** A record that means nothing any more (RFC 8446 appendix D.4). */
  private static final int CHANGE_CIPHER_SPEC = 20;

  private static final int CHANGE_CIPHER_SPEC_LENGTH = 6;

  /** An alert record, fatal: the one hello may not differ from the other (section 4.1.2). */
  private static final byte[] ILLEGAL_PARAMETER = {21, 3, 3, 0, 2, 2, 47};

  private final ClientHello first;
  private final Runnable changed;
  private final ClientHelloDecoder decoder = new ClientHelloDecoder(MAX_SIZE, MAX_RECORDS);
  private final HeldBytes held = new HeldBytes();
  private boolean refused;

  /**
   * @param changed is told where the second hello asks for another name; TLS never sees that, and
   *     the client gets an alert
   */
  public SecondHelloHandler(ClientHello first, Runnable changed) {
    this.first = first;
    this.changed = changed;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    held.discard();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf all = held.add(context.alloc(), (ByteBuf) message);
    if (!refused && isPastChangeCipherSpec(context, all) && all.isReadable()) {
      look(context, all);
    }
    if (!held.isReadable()) {
      held.discard();
    }
  }

  private static boolean isPastChangeCipherSpec(ChannelHandlerContext context, ByteBuf all) {
    if (all.getByte(all.readerIndex()) != CHANGE_CIPHER_SPEC) {
      return true;
    }
    if (all.readableBytes() < CHANGE_CIPHER_SPEC_LENGTH) {
      return false;
    }
    context.fireChannelRead(all.readRetainedSlice(CHANGE_CIPHER_SPEC_LENGTH));
    return true;
  }

  private void look(ChannelHandlerContext context, ByteBuf all) {
    if (all.getByte(all.readerIndex()) != HANDSHAKE) {
      leave(context);
      return;
    }
    switch (decoder.decode(all)) {
      case Decoded.Incomplete<ClientHello>() -> {}
      case Decoded.Malformed<ClientHello>(Decoded.Fault _) -> leave(context);
      case Decoded.Complete<ClientHello>(ClientHello second) -> compare(context, second);
    }
  }

  private void compare(ChannelHandlerContext context, ClientHello second) {
    if (second.serverName().equals(first.serverName())) {
      leave(context);
    } else {
      refused = true;
      changed.run();
      context
          .writeAndFlush(Unpooled.wrappedBuffer(ILLEGAL_PARAMETER))
          .addListener(_ -> context.close());
    }
  }

  private void leave(ChannelHandlerContext context) {
    ByteBuf all = held.take();
    if (all != null) {
      context.fireChannelRead(all);
    }
    context.pipeline().remove(this);
  }
}
