package dev.gatehouse.wire.proxyprotocol;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import io.netty.buffer.ByteBuf;

/**
 * Reads one header of either version from the front of a connection.
 *
 * <p>The first byte tells the versions apart, and the first byte that fits neither ends the matter:
 * a decoder that waits for a line end would hold a stranger's bytes until the deadline.
 */
public final class ProxyHeaderDecoder {

  private ProxyHeaderDecoder() {}

  /** Reads from all bytes received so far; keeps no state between calls. */
  public static Decoded<ProxyHeader> decode(ByteBuf in) {
    if (!in.isReadable()) {
      return new Incomplete<>();
    }
    return switch (in.getByte(in.readerIndex())) {
      case 'P' -> ProxyHeaderV1.decode(in);
      case '\r' -> ProxyHeaderV2.decode(in);
      default -> new Malformed<>(ProxyHeaderFault.SIGNATURE);
    };
  }

  /** Whether the bytes so far agree with the signature, byte for byte. */
  static boolean agrees(ByteBuf in, byte[] signature) {
    int known = Math.min(in.readableBytes(), signature.length);
    for (int i = 0; i < known; i++) {
      if (in.getByte(in.readerIndex() + i) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
