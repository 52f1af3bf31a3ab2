package dev.gatehouse.wire.bencode;

import java.math.BigInteger;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A slow and obvious reader and maker of bencode, one character a byte. */
final class PlainBencode {

  private static final Pattern INTEGER = Pattern.compile("i(0|-?[1-9][0-9]*)e");
  private static final Pattern LENGTH = Pattern.compile("(0|[1-9][0-9]*):");

  private final String text;
  private int at;

  private PlainBencode(String text) {
    this.text = text;
  }

  /** Whether the text begins with a canonical value. */
  static boolean accepts(String text) {
    try {
      new PlainBencode(text).value();
      return true;
    } catch (IllegalStateException | StringIndexOutOfBoundsException _) {
      return false;
    }
  }

  private void value() {
    switch (text.charAt(at)) {
      case 'i' -> require(new BigInteger(next(INTEGER)).bitLength() < Long.SIZE);
      case 'l' -> {
        at++;
        while (text.charAt(at) != 'e') {
          value();
        }
        at++;
      }
      case 'd' -> {
        at++;
        String last = null;
        while (text.charAt(at) != 'e') {
          String key = string();
          require(last == null || last.compareTo(key) < 0);
          last = key;
          value();
        }
        at++;
      }
      default -> string();
    }
  }

  private String string() {
    BigInteger length = new BigInteger(next(LENGTH));
    require(length.bitLength() < Integer.SIZE);
    String content = text.substring(at, at + length.intValue());
    at += content.length();
    return content;
  }

  private String next(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    require(matcher.lookingAt());
    at = matcher.end();
    return matcher.group(1);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalStateException();
    }
  }

  /** A canonical value. */
  static String random(Random random, int depth) {
    int kinds = depth == 0 ? 2 : 4;
    return switch (random.nextInt(kinds)) {
      case 0 -> "i" + random.nextLong() / (1L << random.nextInt(63)) + "e";
      case 1 -> string(random);
      case 2 -> {
        StringBuilder list = new StringBuilder("l");
        for (int i = random.nextInt(4); i > 0; i--) {
          list.append(random(random, depth - 1));
        }
        yield list.append('e').toString();
      }
      default -> {
        TreeMap<String, String> entries = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          String key = string(random);
          entries.put(key.substring(key.indexOf(':') + 1), key + random(random, depth - 1));
        }
        yield "d" + String.join("", entries.values()) + "e";
      }
    };
  }

  private static String string(Random random) {
    StringBuilder content = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      content.append((char) random.nextInt(256));
    }
    return content.length() + ":" + content;
  }
}
