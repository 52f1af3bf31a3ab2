package dev.gatehouse.e2e.relay.frames;

import static dev.gatehouse.e2e.relay.frames.FrameCase.ends;
import static dev.gatehouse.e2e.relay.frames.FrameCase.rule;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How a conversation ends: RFC 6455, sections 5.5.1 and 7. */
final class CloseRules {

  private static final int PROTOCOL_ERROR = 1002;
  private static final int NOT_TEXT = 1007;

  private static final int[] GOOD = {
    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999
  };

  private static final int[] BAD = {
    0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535
  };

  private CloseRules() {}

  static Stream<FrameCase> all() {
    return Stream.of(echoes(), after(), codes(), reasons()).flatMap(List::stream);
  }

  private static List<FrameCase> echoes() {
    return List.of(
        rule(
            "5.5.1 a close without a code is answered with 1000",
            pair -> {
              pair.tested().send(Frame.of(Opcode.CLOSE)).closed(1000);
              pair.noticed(1005);
            }),
        rule(
            "5.5.1 a close one byte at a time",
            pair -> {
              pair.tested().sendChopped(1, Frame.close(4000)).closed(4000);
              pair.noticed(4000);
            }),
        rule(
            "5.5.1 what was said before a close arrives",
            pair -> {
              String json = pair.filling(200_000);
              pair.tested().send(pair.message(json), Frame.close(1000));
              pair.arrives(json);
              pair.tested().closed(1000);
            }));
  }

  private static List<FrameCase> after() {
    return List.of(
        rule("5.5.1 a second close", pair -> unheard(pair, Frame.close(1001))),
        rule("5.5.1 a ping behind a close", pair -> unheard(pair, Frame.ping("x"))),
        rule("5.5.1 a message behind a close", pair -> unheard(pair, pair.message("\"late\""))),
        rule("5.5.1 a fragment behind a close", pair -> unheard(pair, Frame.text("1").begun())),
        rule("5.5.1 rubbish behind a close", pair -> unheard(pair, Frame.text("1").reserved(7))));
  }

  /** The close is answered first, and what follows it not at all; the phone's notice comes once. */
  private static void unheard(Pair pair, Frame behind) {
    pair.tested().send(Frame.close(4321), behind);
    Frame first = pair.tested().next();
    if (first == null || first.opcode() != Opcode.CLOSE || first.code() != 4321) {
      throw pair.tested().failed("no answer to the close");
    }
    pair.tested().cut();
    pair.noticed(4321);
  }

  private static List<FrameCase> codes() {
    List<FrameCase> cases = new ArrayList<>();
    for (int code : GOOD) {
      cases.add(ends("7.4 code " + code + " is answered", code, Frame.close(code)));
    }
    for (int code : BAD) {
      cases.add(ends("7.4 code " + code + " may not be sent", PROTOCOL_ERROR, Frame.close(code)));
    }
    cases.add(ends("5.5.1 a close of one byte", PROTOCOL_ERROR, Frame.of(Opcode.CLOSE, (byte) 3)));
    return cases;
  }

  private static List<FrameCase> reasons() {
    byte[] longest = "x".repeat(123).getBytes(ISO_8859_1);
    List<FrameCase> cases = new ArrayList<>();
    cases.add(ends("5.5.1 a reason", 1000, Frame.close(1000, (byte) 'x')));
    cases.add(ends("5.5.1 a reason of 123 bytes", 1000, Frame.close(1000, longest)));
    cases.add(
        ends(
            "5.5.1 a reason of 124 bytes",
            PROTOCOL_ERROR,
            Frame.close(1000, "x".repeat(124).getBytes(ISO_8859_1))));
    List<String> bad = List.of("\316\272\341\275", "\355\240\200edited", "\300\257", "\377");
    IntStream.range(0, bad.size())
        .mapToObj(
            i ->
                ends(
                    "5.5.1 a reason that is no text, " + i,
                    NOT_TEXT,
                    Frame.close(1000, bad.get(i).getBytes(ISO_8859_1))))
        .forEach(cases::add);
    return cases;
  }
}
