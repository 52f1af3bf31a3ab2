package dev.gatehouse.e2e.relay.frames;

import static dev.gatehouse.e2e.relay.frames.FrameCase.ends;
import static dev.gatehouse.e2e.relay.frames.FrameCase.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How frames are cut: RFC 6455, sections 5.1 and 5.2. */
final class FramingRules {

  private static final int LIMIT = 262_144;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int TOO_BIG = 1009;

  private FramingRules() {}

  static Stream<FrameCase> all() {
    return Stream.of(
            lengths(), pieces(), masks(), lengthForms(), limits(), reservedBits(), opcodes())
        .flatMap(List::stream);
  }

  /** Around each of the forms in which a length is written, and at the limit. */
  private static List<FrameCase> lengths() {
    List<FrameCase> cases = new ArrayList<>();
    for (int length : new int[] {125, 126, 127, 128, 65_535, 65_536, LIMIT}) {
      cases.add(
          rule("5.2 text of %d bytes".formatted(length), pair -> whole(pair, Opcode.TEXT, length)));
      cases.add(
          rule(
              "5.2 binary of %d bytes".formatted(length),
              pair -> whole(pair, Opcode.BINARY, length)));
    }
    return cases;
  }

  private static void whole(Pair pair, int opcode, int length) {
    String json = pair.filling(Math.max(length, pair.bytes("\"\"").length));
    pair.tested().send(Frame.of(opcode, pair.bytes(json)));
    pair.arrives(json).goesOn();
  }

  private static List<FrameCase> pieces() {
    return List.of(
        rule("5.2 65,536 bytes in pieces of 997", pair -> inPieces(pair, 65_536, 997)),
        rule("5.2 300 bytes one by one", pair -> inPieces(pair, 300, 1)),
        rule(
            "5.2 many frames in one piece",
            pair -> {
              List<String> sent = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
              pair.tested().send(sent.stream().map(pair::message).toArray(Frame[]::new));
              sent.forEach(pair::arrives);
            }));
  }

  private static void inPieces(Pair pair, int length, int size) {
    String json = pair.filling(length);
    pair.tested().sendChopped(size, pair.message(json));
    pair.arrives(json).goesOn();
  }

  private static List<FrameCase> masks() {
    return List.of(
        ends("5.1 text without a mask", PROTOCOL_ERROR, Frame.text("1").unmasked()),
        ends("5.1 a ping without a mask", PROTOCOL_ERROR, Frame.ping("x").unmasked()),
        ends("5.1 a close without a mask", PROTOCOL_ERROR, Frame.close(1000).unmasked()));
  }

  private static List<FrameCase> lengthForms() {
    return List.of(
        ends("5.2 16 bits for a length of 1", PROTOCOL_ERROR, Frame.text("1").announcing(16, 1)),
        ends("5.2 64 bits for a length of 1", PROTOCOL_ERROR, Frame.text("1").announcing(64, 1)),
        ends(
            "5.2 64 bits for a length of 65,535",
            PROTOCOL_ERROR,
            Frame.text("1").announcing(64, 65_535)),
        ends(
            "5.2 a length with its highest bit",
            PROTOCOL_ERROR,
            Frame.text("1").announcing(64, Long.MIN_VALUE)));
  }

  private static List<FrameCase> limits() {
    return List.of(
        ends(
            "10.4 one byte more than the limit, before it has come",
            TOO_BIG,
            Frame.text("1").announcing(64, LIMIT + 1)),
        ends(
            "10.4 as much as can be announced, before it has come",
            TOO_BIG,
            Frame.text("1").announcing(64, Long.MAX_VALUE)),
        ends(
            "10.4 fragments that are too much together",
            TOO_BIG,
            Frame.of(Opcode.TEXT, new byte[LIMIT]).begun(),
            Frame.more((byte) '1')));
  }

  private static List<FrameCase> reservedBits() {
    List<FrameCase> cases = new ArrayList<>();
    for (int bits = 1; bits < 8; bits++) {
      cases.add(
          ends(
              "5.2 text with reserved bits " + bits,
              PROTOCOL_ERROR,
              Frame.text("1").reserved(bits)));
      cases.add(
          ends(
              "5.2 a ping with reserved bits " + bits,
              PROTOCOL_ERROR,
              Frame.ping("x").reserved(bits)));
    }
    cases.add(
        ends("5.2 a close with a reserved bit", PROTOCOL_ERROR, Frame.close(1000).reserved(4)));
    cases.add(
        ends(
            "5.2 a continuation with a reserved bit",
            PROTOCOL_ERROR,
            Frame.text("1").begun(),
            Frame.more().reserved(4)));
    return cases;
  }

  private static List<FrameCase> opcodes() {
    return IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
        .mapToObj(
            opcode ->
                ends(
                    "5.2 opcode " + opcode,
                    PROTOCOL_ERROR,
                    Frame.of(opcode, (byte) '1'),
                    Frame.ping("never answered")))
        .toList();
  }
}
