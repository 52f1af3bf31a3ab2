package dev.gatehouse.wire.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Relayed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Netty's decoder reads what ours writes, and both see the same addresses. */
class NettyOracleTest {

  @Test
  void bothDecodersSeeTheSameAddresses() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      boolean ipv6 = random.nextBoolean();
      Endpoint source = endpoint(random, ipv6);
      Endpoint destination = endpoint(random, ipv6);
      ByteBuf header = Unpooled.buffer();
      ProxyHeaderEncoder.write(header, source, destination, List.of(), false);
      assertThat(ProxyHeaderDecoder.decode(header.duplicate()))
          .isEqualTo(new Complete<>(new Relayed(source, destination, List.of())));
      EmbeddedChannel netty = new EmbeddedChannel(new HAProxyMessageDecoder());
      netty.writeInbound(header);
      HAProxyMessage message = netty.readInbound();
      assertThat(IpAddress.parse(message.sourceAddress())).contains(source.address());
      assertThat(message.sourcePort()).isEqualTo(source.port());
      assertThat(IpAddress.parse(message.destinationAddress())).contains(destination.address());
      assertThat(message.destinationPort()).isEqualTo(destination.port());
      message.release();
    }
  }

  /** Ports from 1, since Netty refuses 0; never a mapped address. */
  private static Endpoint endpoint(Random random, boolean ipv6) {
    IpAddress address =
        ipv6
            ? IpAddress.ipv6(random.nextLong() | 1L << 62, random.nextLong())
            : IpAddress.ipv4(random.nextInt());
    return new Endpoint(address, 1 + random.nextInt(65535));
  }
}
