package dev.gatehouse.wire.tls;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;
import java.util.Optional;

/** Reads the body of a whole ClientHello, RFC 8446 section 4.1.2. */
final class HelloReader {

  /** More extensions than any client sends; the registry has fewer. */
  static final int MAX_EXTENSIONS = 128;

  private static final int MAJOR_VERSION = 3;
  private static final int RANDOM_LENGTH = 32;
  private static final int MAX_SESSION_ID_LENGTH = 32;

  private HelloReader() {}

  static Decoded<ClientHello> read(Cursor body) {
    int majorVersion = body.u8();
    body.skip(1 + RANDOM_LENGTH);
    Cursor sessionId = body.vector8();
    Cursor cipherSuites = body.vector16();
    Cursor compressions = body.vector8();
    if (majorVersion != MAJOR_VERSION) {
      return new Malformed<>(ClientHelloFault.VERSION);
    }
    boolean isWhole =
        !body.isBroken()
            && sessionId.remaining() <= MAX_SESSION_ID_LENGTH
            && cipherSuites.remaining() >= 2
            && cipherSuites.remaining() % 2 == 0
            && compressions.remaining() >= 1;
    if (!isWhole) {
      return new Malformed<>(ClientHelloFault.LENGTH);
    }
    HelloExtensions extensions = new HelloExtensions();
    if (!body.isSpent()) {
      Cursor block = body.vector16();
      Optional<ClientHelloFault> fault =
          body.isSpent() ? read(block, extensions) : Optional.of(ClientHelloFault.LENGTH);
      if (fault.isPresent()) {
        return new Malformed<>(fault.get());
      }
    }
    return new Complete<>(extensions.hello());
  }

  private static Optional<ClientHelloFault> read(Cursor block, HelloExtensions extensions) {
    int[] types = new int[MAX_EXTENSIONS];
    int count = 0;
    while (block.remaining() > 0) {
      int type = block.u16();
      Cursor body = block.vector16();
      if (block.isBroken()) {
        return Optional.of(ClientHelloFault.LENGTH);
      }
      if (count == MAX_EXTENSIONS) {
        return Optional.of(ClientHelloFault.TOO_BIG);
      }
      if (contains(types, count, type)) {
        return Optional.of(ClientHelloFault.DUPLICATE_EXTENSION);
      }
      types[count++] = type;
      Optional<ClientHelloFault> fault = extensions.take(type, body);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static boolean contains(int[] types, int count, int type) {
    for (int i = 0; i < count; i++) {
      if (types[i] == type) {
        return true;
      }
    }
    return false;
  }
}
