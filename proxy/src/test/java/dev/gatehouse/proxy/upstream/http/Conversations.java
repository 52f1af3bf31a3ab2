package dev.gatehouse.proxy.upstream.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.forward.BackendRequest;
import dev.gatehouse.proxy.http.forward.ForwardedHeaders;
import dev.gatehouse.proxy.http.forward.ForwardingRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;

/** What the tests of both protocols say and hear. */
final class Conversations {

  private static final ForwardedHeaders UNTOLD =
      new ForwardedHeaders(
          new ForwardingRules(CidrSet.EMPTY, ForwardingRules.Style.NONE, ""), new Random(1));

  private Conversations() {}

  /** The notation is that of {@link dev.gatehouse.proxy.http.Messages}; a leak would be seen. */
  static ByteBuf bytes(String text) {
    byte[] bytes = text.replace('·', ' ').replace("$", "\r\n").getBytes(ISO_8859_1);
    return ByteBufAllocator.DEFAULT.buffer().writeBytes(bytes);
  }

  /** Everything that was sent, with dollars for CRLF. */
  static String sent(EmbeddedChannel channel) {
    StringBuilder all = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      all.append(out.toString(ISO_8859_1));
      out.release();
    }
    return all.toString().replace("\r\n", "$").replace(' ', '·');
  }

  static BackendRequest toBackend(Request request) {
    return new BackendRequest(request, UNTOLD.apply(request, IpAddress.ANY_IPV4, 443));
  }
}
