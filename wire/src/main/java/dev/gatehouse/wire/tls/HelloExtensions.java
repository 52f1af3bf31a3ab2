package dev.gatehouse.wire.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects what the extensions of one hello say, and checks those whose form is known.
 *
 * <p>An extension that nobody here has heard of is passed over: clients send made-up ones on
 * purpose (GREASE, RFC 8701).
 */
final class HelloExtensions {

  /** RFC 6066 section 3. */
  private static final int SERVER_NAME = 0;

  /** RFC 8422 section 5.1.1. */
  private static final int SUPPORTED_GROUPS = 10;

  /** RFC 8446 section 4.2.3. */
  private static final int SIGNATURE_ALGORITHMS = 13;

  /** RFC 7301 section 3.1. */
  private static final int ALPN = 16;

  /** RFC 7627 section 5.1. */
  private static final int EXTENDED_MAIN_SECRET = 23;

  /** RFC 8446 section 4.2.1. */
  private static final int SUPPORTED_VERSIONS = 43;

  /** RFC 8446 section 4.2.8. */
  private static final int KEY_SHARE = 51;

  /** RFC 9849 section 5. */
  private static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

  private static final int HOST_NAME = 0;

  private Optional<ServerName> serverName = Optional.empty();
  private final List<Bytes> alpn = new ArrayList<>();
  private final List<Integer> versions = new ArrayList<>();
  private boolean encrypted;

  /** Takes one extension. */
  Optional<ClientHelloFault> take(int type, Cursor body) {
    return switch (type) {
      case SERVER_NAME -> takeServerName(body);
      case ALPN -> unless(takeAlpn(body));
      case SUPPORTED_VERSIONS -> unless(takeVersions(body));
      case SUPPORTED_GROUPS, SIGNATURE_ALGORITHMS -> unless(isListOfPairs(body.vector16(), body));
      case KEY_SHARE -> unless(areKeyShares(body));
      case EXTENDED_MAIN_SECRET -> unless(body.isSpent());
      case ENCRYPTED_CLIENT_HELLO -> {
        encrypted = true;
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  ClientHello hello() {
    return new ClientHello(serverName, alpn, versions, encrypted);
  }

  private Optional<ClientHelloFault> takeServerName(Cursor body) {
    Cursor list = body.vector16();
    if (!body.isSpent()) {
      return Optional.of(ClientHelloFault.SNI_LIST);
    }
    Cursor hostName = null;
    while (list.remaining() > 0) {
      int type = list.u8();
      Cursor name = list.vector16();
      if (list.isBroken() || (type == HOST_NAME && hostName != null)) {
        return Optional.of(ClientHelloFault.SNI_LIST);
      }
      if (type == HOST_NAME) {
        hostName = name;
      }
    }
    if (hostName == null) {
      return Optional.of(ClientHelloFault.SNI_LIST);
    }
    // one byte, one character: what is not ASCII then fails as a name
    serverName = ServerName.parse(new String(hostName.rest(), ISO_8859_1));
    return serverName.isPresent() ? Optional.empty() : Optional.of(ClientHelloFault.NAME);
  }

  private boolean takeAlpn(Cursor body) {
    Cursor list = body.vector16();
    if (!body.isSpent() || list.remaining() == 0) {
      return false;
    }
    while (list.remaining() > 0) {
      Cursor protocol = list.vector8();
      if (list.isBroken() || protocol.remaining() == 0) {
        return false;
      }
      alpn.add(Bytes.of(protocol.rest()));
    }
    return true;
  }

  private boolean takeVersions(Cursor body) {
    Cursor list = body.vector8();
    if (!isListOfPairs(list, body)) {
      return false;
    }
    while (list.remaining() > 0) {
      int version = list.u16();
      if (!isGrease(version)) {
        versions.add(version);
      }
    }
    return true;
  }

  /** The sixteen values 0x0a0a, 0x1a1a … of RFC 8701 section 2. */
  private static boolean isGrease(int value) {
    return (value & 0x0f0f) == 0x0a0a && value >>> 8 == (value & 0xff);
  }

  private static boolean isListOfPairs(Cursor list, Cursor body) {
    return body.isSpent() && list.remaining() >= 2 && list.remaining() % 2 == 0;
  }

  /** Possibly none, by which a client asks for a retry with the server's group. */
  private static boolean areKeyShares(Cursor body) {
    Cursor list = body.vector16();
    while (list.remaining() > 0) {
      list.skip(2);
      if (list.vector16().remaining() == 0 || list.isBroken()) {
        return false;
      }
    }
    return body.isSpent();
  }

  private static Optional<ClientHelloFault> unless(boolean wellFormed) {
    return wellFormed ? Optional.empty() : Optional.of(ClientHelloFault.LENGTH);
  }
}
