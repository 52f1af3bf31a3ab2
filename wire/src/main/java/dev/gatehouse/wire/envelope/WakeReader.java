package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks over the members of a wake that the scanner has already found to be good JSON. */
final class WakeReader {

  private static final byte[] PLATFORM = "platform".getBytes(US_ASCII);
  private static final byte[] TOKEN = "token".getBytes(US_ASCII);

  private final JsonScanner scanner = new JsonScanner();
  private final ByteBuf in;
  private String platform = "";
  private String token = "";

  WakeReader(ByteBuf in) {
    this.in = in;
    scanner.open(in);
  }

  Optional<PushWake> read() {
    if (scanner.peek(0) != '{') {
      return Optional.empty();
    }
    int at = scanner.blank(1);
    while (scanner.peek(at) == '"') {
      int keyEnd = scanner.string(at);
      int value = scanner.blank(scanner.exactly(scanner.blank(keyEnd), ':'));
      int behind = scanner.value(value, 1);
      if (!take(at + 1, keyEnd - 1, value, behind)) {
        return Optional.empty();
      }
      int next = scanner.blank(behind);
      at = scanner.peek(next) == ',' ? scanner.blank(next + 1) : next;
    }
    return Optional.of(new PushWake(platform, token));
  }

  private boolean take(int key, int keyEnd, int value, int valueEnd) {
    boolean isPlatform = EscapedText.means(in, key, keyEnd, PLATFORM);
    if (!isPlatform && !EscapedText.means(in, key, keyEnd, TOKEN)) {
      return true;
    }
    String text = text(value, valueEnd);
    if (text == null) {
      return false;
    }
    if (isPlatform) {
      platform = text;
    } else {
      token = text;
    }
    return true;
  }

  /** Null for a value of another type. */
  private @Nullable String text(int from, int to) {
    return switch (in.getByte(from)) {
      case '"' -> EscapedText.read(in, from + 1, to - 1);
      case 'n' -> "";
      default -> null;
    };
  }
}
