package dev.gatehouse.control;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.ProtocolNegotiationEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.util.AsciiString;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the kernel who connected, before the first call, and hands that to every call.
 *
 * <p>gRPC shows a service nothing of the channel but its addresses, which of a Unix socket's client
 * are empty. Its protocol negotiation is the one hook that sees the channel and may add attributes;
 * the classes are marked internal, so an upgrade of gRPC is checked by the test of the peer.
 */
final class PeerNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {

  private static final Logger log = LoggerFactory.getLogger(PeerNegotiator.class);
  private static final Attributes.Key<Peer> PEER = Attributes.Key.create("control-peer");
  private static final AsciiString SCHEME = AsciiString.of("http");

  static ServerCredentials credentials() {
    return InternalNettyServerCredentials.create(new PeerNegotiator());
  }

  /** Puts the connection's peer into the context of each call. */
  static ServerInterceptor interceptor() {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Peer peer = call.getAttributes().get(PEER);
        return Contexts.interceptCall(
            Context.current().withValue(Peer.KEY, peer == null ? Peer.UNKNOWN : peer),
            call,
            headers,
            next);
      }
    };
  }

  @Override
  public AsciiString scheme() {
    return SCHEME;
  }

  @Override
  public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
    return InternalProtocolNegotiators.waitUntilActiveHandler(
        new PeerHandler(InternalProtocolNegotiators.grpcNegotiationHandler(grpc)),
        grpc.getNegotiationLogger());
  }

  @Override
  public void close() {
    // nothing is held between connections
  }

  /** Adds the peer to the negotiated attributes, then makes way for gRPC. */
  private static final class PeerHandler extends ChannelInboundHandlerAdapter {

    private final ChannelHandler next;

    PeerHandler(ChannelHandler next) {
      this.next = next;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (!(event instanceof ProtocolNegotiationEvent negotiation)) {
        super.userEventTriggered(context, event);
        return;
      }
      Peer peer = peer(context.channel());
      log.atDebug()
          .setMessage("control_connected")
          .addKeyValue("uid", peer.uid())
          .addKeyValue("pid", peer.pid())
          .log();
      Attributes attributes =
          InternalProtocolNegotiationEvent.getAttributes(negotiation).toBuilder()
              .set(PEER, peer)
              .build();
      context.pipeline().replace(context.name(), null, next);
      context
          .pipeline()
          .fireUserEventTriggered(
              InternalProtocolNegotiationEvent.withAttributes(negotiation, attributes));
    }

    private static Peer peer(Channel channel) {
      if (!(channel instanceof EpollDomainSocketChannel socket)) {
        return Peer.UNKNOWN;
      }
      try {
        PeerCredentials credentials = socket.peerCredentials();
        return new Peer(Integer.toUnsignedLong(credentials.uid()), credentials.pid());
      } catch (IOException e) {
        return Peer.UNKNOWN; // the client has left already
      }
    }
  }
}
