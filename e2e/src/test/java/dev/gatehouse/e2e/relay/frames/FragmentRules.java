package dev.gatehouse.e2e.relay.frames;

import static dev.gatehouse.e2e.relay.frames.FrameCase.ends;
import static dev.gatehouse.e2e.relay.frames.FrameCase.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Messages in several frames: RFC 6455, section 5.4. */
final class FragmentRules {

  private static final int LIMIT = 262_144;
  private static final int PROTOCOL_ERROR = 1002;

  private FragmentRules() {}

  static Stream<FrameCase> all() {
    return Stream.of(whole(), between(), breaches()).flatMap(List::stream);
  }

  private static List<FrameCase> whole() {
    return List.of(
        rule("5.4 two fragments", pair -> joined(pair, pair.filling(100), 50)),
        rule("5.4 a fragment for each byte", pair -> joined(pair, pair.filling(300), 1)),
        rule(
            "5.4 65,536 bytes in fragments of 1300",
            pair -> joined(pair, pair.filling(65_536), 1300)),
        rule("5.4 the limit in fragments of 4096", pair -> joined(pair, pair.filling(LIMIT), 4096)),
        rule(
            "5.4 two fragments one byte at a time",
            pair -> {
              pair.tested().sendChopped(1, pair.fragments("\"slowly\"", 4));
              pair.arrives("\"slowly\"").goesOn();
            }),
        rule("5.4 fragments without bytes", FragmentRules::empty));
  }

  private static void joined(Pair pair, String json, int size) {
    pair.tested().send(pair.fragments(json, size));
    pair.arrives(json).goesOn();
  }

  private static void empty(Pair pair) {
    pair.tested()
        .send(
            Frame.text("").begun(),
            Frame.more().begun(),
            Frame.more(pair.bytes("1")).begun(),
            Frame.more());
    pair.arrives("1").goesOn();
  }

  private static List<FrameCase> between() {
    return List.of(
        rule(
            "5.4 a ping between two fragments",
            pair -> {
              Frame[] frames = pair.fragments("\"parted\"", 5);
              pair.tested().send(frames[0], Frame.ping("now")).pong("now");
              pair.tested().send(rest(frames));
              pair.arrives("\"parted\"").goesOn();
            }),
        rule(
            "5.4 a pong between two fragments",
            pair -> {
              Frame[] frames = pair.fragments("\"parted\"", 5);
              pair.tested().send(frames[0], Frame.pong("never asked"));
              pair.tested().send(rest(frames));
              pair.arrives("\"parted\"").goesOn();
            }),
        rule("5.4 pings between twenty fragments", FragmentRules::manyPings),
        rule(
            "5.4 a close between two fragments",
            pair -> {
              pair.tested()
                  .send(pair.fragments("\"parted\"", 5)[0], Frame.close(1000))
                  .closed(1000);
              pair.noticed(1000);
            }));
  }

  private static Frame[] rest(Frame... frames) {
    return Stream.of(frames).skip(1).toArray(Frame[]::new);
  }

  private static void manyPings(Pair pair) {
    String json = pair.filling(400);
    List<Frame> frames = new ArrayList<>();
    for (Frame fragment : pair.fragments(json, 20)) {
      frames.add(fragment);
      frames.add(Frame.ping("between"));
    }
    frames.removeLast();
    pair.tested().send(frames.toArray(Frame[]::new)).pong("between");
    pair.arrives(json);
  }

  private static List<FrameCase> breaches() {
    Frame text = Frame.text("1");
    return List.of(
        ends("5.4 a last fragment of nothing", PROTOCOL_ERROR, Frame.more(), text),
        ends("5.4 a fragment of nothing", PROTOCOL_ERROR, Frame.more().begun(), text),
        rule(
            "5.4 a fragment behind a whole message",
            pair -> {
              pair.tested().send(pair.message("\"whole\""), Frame.more((byte) '1'));
              pair.arrives("\"whole\"");
              pair.tested().closed(PROTOCOL_ERROR);
            }),
        ends("5.4 text inside a message", PROTOCOL_ERROR, text.begun(), text),
        ends(
            "5.4 binary inside a message",
            PROTOCOL_ERROR,
            text.begun(),
            Frame.of(Opcode.BINARY, (byte) '1')),
        ends("5.4 a first fragment inside a message", PROTOCOL_ERROR, text.begun(), text.begun()));
  }
}
