package dev.gatehouse.e2e.relay.frames;

import static dev.gatehouse.e2e.relay.frames.FrameCase.rule;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Text is UTF-8 (RFC 6455, sections 5.6 and 8.1; RFC 3629), here in strings of JSON. */
final class TextRules {

  private static final int NO_JSON = 1007;

  private static final List<String> GOOD =
      List.of(
          "κόσμε",
          "\u0080\u07ff\u0800\uffff",
          "\uD800\uDC00\uDBFF\uDFFF",
          "\uD7FF\uE000\uFFFD",
          "\uFFFE\uFFFF\u2028\u2029",
          "Hello-µ@ßöäüàá-UTF-8!!");

  /** As it is between two quotation marks. */
  private static final List<String> BAD =
      List.of(
          // alone: bytes that continue, that begin, that never occur
          "\200",
          "\277\277",
          "\300",
          "\340\200",
          "\360\220\200",
          "\376",
          "\377\377",
          // longer than need be
          "\300\257",
          "\340\200\257",
          "\360\200\200\257",
          "\301\277",
          "\355\240\200",
          "\355\277\277",
          "\355\240\200\355\260\200",
          // beyond the last
          "\364\220\200\200",
          "\370\210\200\200\200",
          "\374\204\200\200\200\200",
          // cut inside a message
          "\316\272\341\275",
          "\316\272\341\275\271\317\203\316\274\316\265\355\240\200edited");

  private TextRules() {}

  static Stream<FrameCase> all() {
    return Stream.of(good(), bad()).flatMap(List::stream);
  }

  private static List<FrameCase> good() {
    List<FrameCase> cases = new ArrayList<>();
    for (String text : GOOD) {
      String json = '"' + text + '"';
      cases.add(
          rule(
              "8.1 good text " + GOOD.indexOf(text) + " in one frame",
              pair -> {
                pair.tested().send(pair.message(json));
                pair.arrives(json).goesOn();
              }));
      cases.add(
          rule(
              "8.1 good text " + GOOD.indexOf(text) + " in a frame for each byte",
              pair -> {
                pair.tested().send(pair.fragments(json, 1));
                pair.arrives(json).goesOn();
              }));
    }
    return cases;
  }

  private static List<FrameCase> bad() {
    return BAD.stream()
        .map(text -> rule("8.1 bad text " + BAD.indexOf(text), pair -> refused(pair, text)))
        .toList();
  }

  /** A phone goes, a binary goes on: it has other phones. */
  private static void refused(Pair pair, String text) {
    byte[] bytes = inside(pair, text).getBytes(ISO_8859_1);
    pair.tested().send(Frame.of(Opcode.TEXT, bytes));
    switch (pair.side()) {
      case PHONE -> {
        pair.tested().closed(NO_JSON);
        pair.noticed(NO_JSON);
      }
      case BINARY -> pair.goesOn();
    }
  }

  private static String inside(Pair pair, String text) {
    return new String(pair.bytes("\"@\""), UTF_8).replace("@", text);
  }
}
