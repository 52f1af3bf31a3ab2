package dev.gatehouse.wire.proxyprotocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Direct;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Relayed;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The line of text of version 1, section 2.1. */
final class ProxyHeaderV1 {

  /** The longest line, its CRLF included (section 2.1). */
  static final int MAX_LENGTH = 107;

  private static final byte[] SIGNATURE = "PROXY ".getBytes(US_ASCII);
  private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
  private static final int MAX_PORT = 65535;

  private ProxyHeaderV1() {}

  static Decoded<ProxyHeader> decode(ByteBuf in) {
    if (!ProxyHeaderDecoder.agrees(in, SIGNATURE)) {
      return new Malformed<>(ProxyHeaderFault.SIGNATURE);
    }
    int start = in.readerIndex();
    int window = Math.min(in.readableBytes(), MAX_LENGTH);
    int end = lineEnd(in, start, start + window);
    boolean isLineEndCut = end < 0 || (end == start + window - 1 && in.getByte(end) == '\r');
    if (isLineEndCut) {
      return window < MAX_LENGTH ? new Incomplete<>() : malformed();
    }
    if (in.getByte(end) != '\r' || in.getByte(end + 1) != '\n') {
      return malformed();
    }
    Decoded<ProxyHeader> header = parse(in.toString(start, end - start, US_ASCII));
    if (header instanceof Complete) {
      in.readerIndex(end + 2);
    }
    return header;
  }

  /** The first CR or LF: neither may stand anywhere but at the end, not even in ignored text. */
  private static int lineEnd(ByteBuf in, int from, int to) {
    for (int i = from; i < to; i++) {
      byte character = in.getByte(i);
      if (character == '\r' || character == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static Decoded<ProxyHeader> parse(String line) {
    String[] fields = line.split(" ", -1);
    return switch (fields[1]) {
      case "UNKNOWN" -> new Complete<>(new Direct());
      case "TCP4" -> relayed(fields, AddressFamily.IPV4);
      case "TCP6" -> relayed(fields, AddressFamily.IPV6);
      default -> malformed();
    };
  }

  private static Decoded<ProxyHeader> relayed(String[] fields, AddressFamily family) {
    if (fields.length != 6) {
      return malformed();
    }
    Optional<Endpoint> source = endpoint(family, fields[2], fields[4]);
    Optional<Endpoint> destination = endpoint(family, fields[3], fields[5]);
    if (source.isEmpty() || destination.isEmpty()) {
      return malformed();
    }
    return new Complete<>(new Relayed(source.get(), destination.get(), List.of()));
  }

  private static Optional<Endpoint> endpoint(AddressFamily family, String address, String port) {
    if (!PORT.matcher(port).matches() || Integer.parseInt(port) > MAX_PORT) {
      return Optional.empty();
    }
    return IpAddress.parse(address)
        .filter(ip -> ip.family() == family)
        .map(ip -> new Endpoint(ip.unmapped(), Integer.parseInt(port)));
  }

  private static Decoded<ProxyHeader> malformed() {
    return new Malformed<>(ProxyHeaderFault.V1_SYNTAX);
  }
}
