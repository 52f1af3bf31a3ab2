package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;

/** Grows JSON texts of every kind, and spoils them. */
final class RandomJson {

  private static final String[] CHARACTERS = {
    "a",
    "AAAAAAAAAAAAAAAA",
    "\\\"",
    "\\\\",
    "\\/",
    "\\n",
    "\\u0041",
    "\\uD834\\uDD1E",
    "\\ud800",
    "é",
    "\u2028",
    "\uFFFF",
    "😀",
    "<&>",
    "conn_id",
    "\u007f"
  };
  private static final String[] NUMBERS = {
    "0", "-0", "7", "-12", "1.5", "0.25", "1e9", "2E-3", "-0.0e+0", "123456789012345678901234"
  };
  private static final String[] BLANKS = {"", "", "", " ", "\n", "\t\r "};
  private static final byte[] SPOILERS = "{}[]\",:\\0-+.eEtnu \n\u0000".getBytes(UTF_8);

  private final Random random;

  RandomJson(long seed) {
    random = new Random(seed);
  }

  byte[] text() {
    return (blank() + value(5) + blank()).getBytes(UTF_8);
  }

  /** One text with a byte changed, left out or put in, or cut. */
  byte[] spoiled() {
    byte[] text = text();
    int at = random.nextInt(text.length);
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(text, at);
      case 1 -> joined(Arrays.copyOf(text, at), Arrays.copyOfRange(text, at + 1, text.length));
      case 2 ->
          joined(Arrays.copyOf(text, at), spoiler(), Arrays.copyOfRange(text, at, text.length));
      default -> {
        text[at] = spoiler()[0];
        yield text;
      }
    };
  }

  String value(int levels) {
    return switch (random.nextInt(levels == 0 ? 4 : 6)) {
      case 0 -> string();
      case 1 -> pick(NUMBERS);
      case 2 -> random.nextBoolean() ? "true" : "false";
      case 3 -> "null";
      case 4 -> "[" + members(levels, false) + "]";
      default -> "{" + members(levels, true) + "}";
    };
  }

  private String members(int levels, boolean keys) {
    StringBuilder members = new StringBuilder(blank());
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      members.append(i == 0 ? "" : "," + blank());
      members.append(keys ? string() + blank() + ":" + blank() : "");
      members.append(value(levels - 1)).append(blank());
    }
    return members.toString();
  }

  private String string() {
    StringBuilder text = new StringBuilder("\"");
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      text.append(pick(CHARACTERS));
    }
    return text.append('"').toString();
  }

  private String blank() {
    return pick(BLANKS);
  }

  private byte[] spoiler() {
    boolean known = random.nextBoolean();
    return new byte[] {
      known ? SPOILERS[random.nextInt(SPOILERS.length)] : (byte) random.nextInt(256)
    };
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static byte[] joined(byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
