package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.ErrorCode.COMPRESSION_ERROR;
import static dev.gatehouse.e2e.http2.ErrorCode.FRAME_SIZE_ERROR;
import static dev.gatehouse.e2e.http2.ErrorCode.PROTOCOL_ERROR;
import static dev.gatehouse.e2e.http2.Frame.ACK;
import static dev.gatehouse.e2e.http2.Frame.END_HEADERS;
import static dev.gatehouse.e2e.http2.Frame.END_STREAM;
import static dev.gatehouse.e2e.http2.Hpack.METHOD_GET;
import static dev.gatehouse.e2e.http2.Hpack.METHOD_POST;
import static dev.gatehouse.e2e.http2.Hpack.bytes;
import static dev.gatehouse.e2e.http2.Http2Case.atFirst;
import static dev.gatehouse.e2e.http2.Http2Case.rule;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.stream.Stream;

/** How a connection begins and how frames are cut: RFC 9113, sections 3.4, 4 and 5.5. */
final class FramingRules {

  private static final int MAX_FRAME = 16_384;
  private static final int UNKNOWN = 0xbe;

  private FramingRules() {}

  static List<Http2Case> all() {
    return Stream.of(prefaces(), format(), sizes(), moreSizes(), blocks(), others())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Http2Case> prefaces() {
    return List.of(
        atFirst("3.4 SETTINGS come first", FramingRules::settingsComeFirst),
        rule("3.4 the client's SETTINGS are acknowledged", client -> client.get(1).served(1, 200)),
        atFirst(
            "3.4 another preface ends the connection",
            client -> client.raw("INVALID CONNECTION PREFACE\r\n\r\n".getBytes(US_ASCII)).closed()),
        atFirst(
            "3.4 a preface that is wrong at its end ends the connection",
            client -> client.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\r".getBytes(US_ASCII)).closed()),
        atFirst(
            "3.4 HTTP/1.1 where h2 was agreed ends the connection",
            client -> client.raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII)).closed()),
        atFirst(
            "3.4 another frame than SETTINGS behind the preface",
            client -> client.preface().send(Frame.ping(0, new byte[8])).closed()),
        atFirst(
            "3.4 a request may follow at once",
            client -> client.preface().send(Frame.settings(), client.getFrame(1)).served(1, 200)));
  }

  private static List<Http2Case> format() {
    return List.of(
        rule(
            "4.1 a frame of an unknown type is ignored",
            client ->
                client
                    .send(unknown(0), client.postFrame(1), unknown(1), Frame.data(END_STREAM, 1))
                    .served(1, 200)),
        rule("4.1 flags that are not defined are ignored", FramingRules::undefinedFlags),
        rule("4.1 the reserved bit is ignored", FramingRules::reservedBit));
  }

  private static List<Http2Case> sizes() {
    return List.of(
        rule("4.2 DATA of 2^14 bytes is taken", FramingRules::fullData),
        rule(
            "4.2 DATA of more is too long",
            client ->
                client
                    .post(1)
                    .send(Frame.data(END_STREAM, 1, new byte[MAX_FRAME + 1]))
                    .streamError(1, FRAME_SIZE_ERROR)),
        rule(
            "4.2 HEADERS of more are too long",
            client ->
                client
                    .send(Frame.headers(END_STREAM | END_HEADERS, 1, new byte[MAX_FRAME + 1]))
                    .connectionError(FRAME_SIZE_ERROR)),
        rule(
            "4.2 CONTINUATION of more is too long",
            client ->
                client
                    .send(
                        Frame.headers(END_STREAM, 1, client.block(METHOD_GET)),
                        Frame.continuation(END_HEADERS, 1, new byte[MAX_FRAME + 1]))
                    .connectionError(FRAME_SIZE_ERROR)));
  }

  private static List<Http2Case> moreSizes() {
    return List.of(
        rule(
            "4.2 SETTINGS of more are too long",
            client ->
                client
                    .send(Frame.of(FrameType.SETTINGS, 0, 0, new byte[6 * 2731]))
                    .connectionError(FRAME_SIZE_ERROR)),
        rule(
            "4.2 a frame of an unknown type of more is too long",
            client ->
                client
                    .send(new Frame(MAX_FRAME + 1, UNKNOWN, 0, 0, new byte[MAX_FRAME + 1]))
                    .connectionError(FRAME_SIZE_ERROR)),
        rule(
            "4.2 an announced length of 2^24-1 is too long before it has come",
            client ->
                client
                    .post(1)
                    .send(Frame.data(0, 1).announcing(0xffffff))
                    .streamError(1, FRAME_SIZE_ERROR)));
  }

  private static List<Http2Case> blocks() {
    return List.of(
        rule(
            "4.3 a field block that makes no sense",
            client ->
                client
                    .send(Frame.headers(END_STREAM | END_HEADERS, 1, bytes(0x40)))
                    .connectionError(COMPRESSION_ERROR)),
        rule(
            "4.3 PRIORITY inside a field block",
            client -> inBlock(client, Frame.priority(1, 0, 255), END_STREAM)),
        rule(
            "4.3 PING inside a field block",
            client -> inBlock(client, Frame.ping(0, new byte[8]), END_STREAM)),
        rule(
            "4.3 SETTINGS inside a field block",
            client -> inBlock(client, Frame.settings(), END_STREAM)),
        rule(
            "4.3 WINDOW_UPDATE inside a field block",
            client -> inBlock(client, Frame.windowUpdate(0, 1), END_STREAM)),
        rule(
            "4.3 RST_STREAM inside a field block",
            client -> inBlock(client, Frame.reset(1, ErrorCode.CANCEL), END_STREAM)),
        rule("4.3 DATA inside a field block", client -> inBlock(client, Frame.data(0, 1), 0)),
        rule(
            "4.3 HEADERS of another stream inside a field block",
            client -> inBlock(client, client.getFrame(3), END_STREAM)),
        rule(
            "4.3 CONTINUATION of another stream inside a field block",
            client -> inBlock(client, Frame.continuation(END_HEADERS, 3), END_STREAM)),
        rule(
            "5.5 a frame of an unknown type inside a field block",
            client -> inBlock(client, unknown(1), END_STREAM)));
  }

  private static List<Http2Case> others() {
    return List.of(
        rule(
            "5.5 a setting that is not known is ignored",
            client -> client.send(Frame.settings(0xff, 1)).settled().get(1).served(1, 200)),
        rule(
            "5.5 a frame of an unknown type on a closed stream is ignored",
            FramingRules::unknownOnClosed),
        rule("5.4.1 GOAWAY names the last stream that was seen to", FramingRules::lastStream));
  }

  private static void settingsComeFirst(Http2Client client) {
    client.preface().send(Frame.settings());
    Frame first = client.next();
    if (first == null || !first.is(FrameType.SETTINGS) || first.has(ACK) || first.stream() != 0) {
      throw client.failed("first: " + first + " (expected: SETTINGS)");
    }
  }

  private static void undefinedFlags(Http2Client client) {
    client
        .send(new Frame(8, FrameType.PING.number(), 0x16, 0, new byte[8]))
        .await("the ACK of a PING", frame -> frame.is(FrameType.PING) && frame.has(ACK));
    client
        .send(
            new Frame(
                client.block(METHOD_GET).length,
                FrameType.HEADERS.number(),
                END_STREAM | END_HEADERS | 0x92,
                1,
                client.block(METHOD_GET)))
        .served(1, 200);
  }

  private static void reservedBit(Http2Client client) {
    client
        .send(new Frame(8, FrameType.PING.number(), 0, 0x80000000, new byte[8]))
        .await("the ACK of a PING", frame -> frame.is(FrameType.PING) && frame.has(ACK));
    Frame get = client.getFrame(1);
    client
        .send(new Frame(get.length(), get.type(), get.flags(), 0x80000001, get.payload()))
        .served(1, 200);
  }

  private static void fullData(Http2Client client) {
    client.post(1).send(Frame.data(END_STREAM, 1, new byte[MAX_FRAME]));
    if (client.served(1, 200).body().length() != MAX_FRAME) {
      throw client.failed("the body came back changed");
    }
  }

  private static void inBlock(Http2Client client, Frame stranger, int flags) {
    client
        .send(
            Frame.headers(flags, 1, client.block(METHOD_POST)),
            stranger,
            Frame.continuation(END_HEADERS, 1))
        .connectionError(PROTOCOL_ERROR);
  }

  private static void unknownOnClosed(Http2Client client) {
    client.get(1).served(1, 200);
    client.send(unknown(1)).settled().get(3).served(3, 200);
  }

  private static void lastStream(Http2Client client) {
    client.get(1).served(1, 200);
    client.get(3).served(3, 200);
    client.send(Frame.ping(0, new byte[7]));
    Frame goAway = client.next();
    while (goAway != null && !Http2Client.isGoAwayOfError(goAway)) {
      goAway = client.next();
    }
    if (goAway == null || goAway.numberAt(0) != 3) {
      throw client.failed(goAway + " (expected: the last stream is 3)");
    }
  }

  private static Frame unknown(int stream) {
    return new Frame(8, UNKNOWN, 0xff, stream, new byte[8]);
  }
}
