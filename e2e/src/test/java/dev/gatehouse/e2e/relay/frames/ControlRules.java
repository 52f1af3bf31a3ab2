package dev.gatehouse.e2e.relay.frames;

import static dev.gatehouse.e2e.relay.frames.FrameCase.ends;
import static dev.gatehouse.e2e.relay.frames.FrameCase.rule;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pings and pongs: RFC 6455, sections 5.5, 5.5.2 and 5.5.3. */
final class ControlRules {

  private static final int PROTOCOL_ERROR = 1002;
  private static final String LONGEST = "x".repeat(125);

  private ControlRules() {}

  static Stream<FrameCase> all() {
    return Stream.of(pings(), pongs(), breaches()).flatMap(List::stream);
  }

  private static List<FrameCase> pings() {
    return List.of(
        rule("5.5.2 a ping without words", pair -> answered(pair, "")),
        rule("5.5.2 a ping with words", pair -> answered(pair, "Hello, world!")),
        rule("5.5.2 a ping with as many as there may be", pair -> answered(pair, LONGEST)),
        rule(
            "5.5.2 a ping that is no text",
            pair -> {
              pair.tested()
                  .send(Frame.of(Opcode.PING, "\0\377\376\375\374\0".getBytes(ISO_8859_1)));
              Frame pong = pair.tested().next();
              if (pong == null
                  || !new String(pong.payload(), ISO_8859_1).startsWith("\0\377\376")) {
                throw pair.tested().failed("another pong");
              }
            }),
        rule(
            "5.5.2 a ping one byte at a time",
            pair -> {
              pair.tested().sendChopped(1, Frame.ping(LONGEST)).pong(LONGEST);
              pair.goesOn();
            }),
        rule("5.5.3 of many pings at once the last one is answered", ControlRules::burst));
  }

  private static void answered(Pair pair, String words) {
    pair.tested().send(Frame.ping(words)).pong(words);
    pair.goesOn();
  }

  /** Those before may be passed over, but not overtake each other. */
  private static void burst(Pair pair) {
    pair.tested()
        .send(IntStream.range(0, 10).mapToObj(i -> Frame.ping("" + i)).toArray(Frame[]::new));
    int last = -1;
    while (last < 9) {
      Frame pong = pair.tested().next();
      if (pong == null || pong.opcode() != Opcode.PONG || Integer.parseInt(pong.words()) <= last) {
        throw pair.tested().failed("no pong after that of " + last);
      }
      last = Integer.parseInt(pong.words());
    }
    pair.goesOn();
  }

  private static List<FrameCase> pongs() {
    return List.of(
        rule(
            "5.5.3 a pong without words that nobody has asked for",
            pair -> {
              pair.tested().send(Frame.pong(""));
              pair.goesOn();
            }),
        rule(
            "5.5.3 a pong that nobody has asked for, then a ping",
            pair -> {
              pair.tested().send(Frame.pong("unsolicited"), Frame.ping("asked")).pong("asked");
              pair.goesOn();
            }));
  }

  private static List<FrameCase> breaches() {
    return List.of(
        ends("5.5 a ping of 126 bytes", PROTOCOL_ERROR, Frame.ping(LONGEST + "x")),
        ends("5.5 a pong of 126 bytes", PROTOCOL_ERROR, Frame.pong(LONGEST + "x")),
        ends("5.5 a ping in fragments", PROTOCOL_ERROR, Frame.ping("1").begun(), Frame.more()),
        ends("5.5 a pong in fragments", PROTOCOL_ERROR, Frame.pong("1").begun(), Frame.more()),
        ends("5.5 a close in fragments", PROTOCOL_ERROR, Frame.close(1000).begun()));
  }
}
