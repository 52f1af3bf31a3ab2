package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.ErrorCode.CANCEL;
import static dev.gatehouse.e2e.http2.ErrorCode.FRAME_SIZE_ERROR;
import static dev.gatehouse.e2e.http2.ErrorCode.PROTOCOL_ERROR;
import static dev.gatehouse.e2e.http2.Frame.ACK;
import static dev.gatehouse.e2e.http2.Frame.END_HEADERS;
import static dev.gatehouse.e2e.http2.Frame.END_STREAM;
import static dev.gatehouse.e2e.http2.Frame.PADDED;
import static dev.gatehouse.e2e.http2.Hpack.METHOD_GET;
import static dev.gatehouse.e2e.http2.Hpack.METHOD_POST;
import static dev.gatehouse.e2e.http2.Hpack.bytes;
import static dev.gatehouse.e2e.http2.Hpack.concat;
import static dev.gatehouse.e2e.http2.Http2Case.rule;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Each kind of frame but for flow control and SETTINGS: RFC 9113, section 6, and 7. */
final class FrameRules {

  private FrameRules() {}

  static List<Http2Case> all() {
    return Stream.of(
            data(),
            paddedData(),
            headers(),
            badHeaders(),
            priority(),
            reset(),
            push(),
            ping(),
            goAway(),
            more())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Http2Case> data() {
    return List.of(
        rule(
            "6.1 DATA on stream 0",
            client ->
                client
                    .send(Frame.data(END_STREAM, 0, new byte[4]))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.1 DATA comes through",
            client -> echoed(client, Frame.data(END_STREAM, 1, bytes('h', 'i')))),
        rule(
            "6.1 DATA comes through in pieces",
            client ->
                echoed(
                    client,
                    Frame.data(0, 1, bytes('h')),
                    Frame.data(0, 1, bytes('i')),
                    Frame.data(END_STREAM, 1))));
  }

  private static List<Http2Case> paddedData() {
    return List.of(
        rule(
            "6.1 padding is taken off",
            client ->
                echoed(client, Frame.data(END_STREAM | PADDED, 1, bytes(3, 'h', 'i', 0, 0, 0)))),
        rule(
            "6.1 padding alone is no data",
            client ->
                echoed(
                    client,
                    Frame.data(PADDED, 1, concat(bytes(255), new byte[255])),
                    Frame.data(END_STREAM, 1, bytes('h', 'i')))),
        rule(
            "6.1 padding as long as the payload",
            client ->
                client
                    .post(1)
                    .send(Frame.data(END_STREAM | PADDED, 1, bytes(6, 0, 0, 0, 0, 0)))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.1 padded, without a length of it",
            client ->
                client
                    .post(1)
                    .send(Frame.data(END_STREAM | PADDED, 1))
                    .streamError(1, PROTOCOL_ERROR, FRAME_SIZE_ERROR)));
  }

  private static void echoed(Http2Client client, Frame... frames) {
    String body = client.post(1).send(frames).served(1, 200).body();
    if (!body.equals("hi")) {
      throw client.failed("body: " + body + " (expected: hi)");
    }
  }

  private static List<Http2Case> headers() {
    return List.of(
        rule(
            "6.2 HEADERS on stream 0",
            client ->
                client
                    .send(Frame.headers(END_STREAM | END_HEADERS, 0, client.block(METHOD_GET)))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.2 padding is taken off",
            client ->
                client
                    .send(padded(concat(bytes(5), client.block(METHOD_GET), new byte[5])))
                    .served(1, 200)),
        rule(
            "6.2 padding and priority are taken off",
            client ->
                client
                    .send(
                        Frame.headers(
                            END_STREAM | END_HEADERS | PADDED | Frame.PRIORITY,
                            1,
                            concat(
                                bytes(2),
                                Frame.priorityFields(0, 1),
                                client.block(METHOD_GET),
                                new byte[2])))
                    .served(1, 200)));
  }

  private static List<Http2Case> badHeaders() {
    return List.of(
        rule(
            "6.2 padding longer than the payload",
            client ->
                client
                    .send(padded(concat(bytes(255), client.block(METHOD_GET))))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.2 padded, without a length of it",
            client -> client.send(padded()).connectionError(PROTOCOL_ERROR, FRAME_SIZE_ERROR)),
        rule(
            "6.2 priority that is cut off",
            client ->
                client
                    .send(
                        Frame.headers(END_STREAM | END_HEADERS | Frame.PRIORITY, 1, bytes(0, 0, 0)))
                    .connectionError(PROTOCOL_ERROR, FRAME_SIZE_ERROR)));
  }

  private static Frame padded(byte... payload) {
    return Frame.headers(END_STREAM | END_HEADERS | PADDED, 1, payload);
  }

  private static List<Http2Case> priority() {
    return List.of(
        rule(
            "6.3 PRIORITY on stream 0",
            client -> client.send(Frame.priority(0, 1, 1)).connectionError(PROTOCOL_ERROR)),
        rule(
            "6.3 PRIORITY of 4 bytes",
            client ->
                client
                    .post(1)
                    .send(Frame.of(FrameType.PRIORITY, 0, 1, new byte[4]))
                    .streamError(1, FRAME_SIZE_ERROR)),
        rule(
            "6.3 PRIORITY of 6 bytes",
            client ->
                client
                    .post(1)
                    .send(Frame.of(FrameType.PRIORITY, 0, 1, new byte[6]))
                    .streamError(1, FRAME_SIZE_ERROR)));
  }

  private static List<Http2Case> reset() {
    return List.of(
        rule(
            "6.4 RST_STREAM on stream 0",
            client -> client.send(Frame.reset(0, CANCEL)).connectionError(PROTOCOL_ERROR)),
        rule(
            "6.4 RST_STREAM of 3 bytes",
            client ->
                client
                    .post(1)
                    .send(Frame.of(FrameType.RST_STREAM, 0, 1, new byte[3]))
                    .connectionError(FRAME_SIZE_ERROR)),
        rule(
            "6.4 RST_STREAM of 5 bytes",
            client ->
                client
                    .post(1)
                    .send(Frame.of(FrameType.RST_STREAM, 0, 1, new byte[5]))
                    .connectionError(FRAME_SIZE_ERROR)),
        rule(
            "7 RST_STREAM with a code that is not known",
            client -> {
              client.post(1).send(Frame.reset(1, 0xff)).settled();
              client.get(3).served(3, 200);
            }));
  }

  private static List<Http2Case> push() {
    return List.of(
        rule(
            "6.6 PUSH_PROMISE of a client",
            client ->
                client
                    .post(1)
                    .send(
                        Frame.of(
                            FrameType.PUSH_PROMISE,
                            END_HEADERS,
                            1,
                            concat(Frame.int32(2), client.block(METHOD_GET))))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.6 PUSH_PROMISE on stream 0",
            client ->
                client
                    .send(Frame.of(FrameType.PUSH_PROMISE, END_HEADERS, 0, Frame.int32(2)))
                    .connectionError(PROTOCOL_ERROR)));
  }

  private static List<Http2Case> ping() {
    return List.of(
        rule("6.7 PING is answered with its own bytes", FrameRules::sameBytes),
        rule("6.7 PING with ACK is not answered", FrameRules::noAnswer),
        rule(
            "6.7 PING on a stream",
            client ->
                client
                    .send(Frame.of(FrameType.PING, 0, 1, new byte[8]))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.7 PING of 6 bytes",
            client -> client.send(Frame.ping(0, new byte[6])).connectionError(FRAME_SIZE_ERROR)),
        rule(
            "6.7 PING of 9 bytes",
            client -> client.send(Frame.ping(0, new byte[9])).connectionError(FRAME_SIZE_ERROR)));
  }

  private static void sameBytes(Http2Client client) {
    byte[] word = bytes(1, 2, 3, 4, 5, 6, 7, 0xff);
    client
        .send(Frame.ping(0, word))
        .await("the same", frame -> isAnswer(frame) && Arrays.equals(frame.payload(), word));
  }

  /** The next answer belongs to the PING behind it. */
  private static void noAnswer(Http2Client client) {
    byte[] word = bytes(1, 2, 3, 4, 5, 6, 7, 8);
    client.send(Frame.ping(ACK, new byte[8]), Frame.ping(0, word));
    Frame answer = client.await("an answer", FrameRules::isAnswer);
    if (!Arrays.equals(answer.payload(), word)) {
      throw client.failed("an ACK was answered");
    }
  }

  private static boolean isAnswer(Frame frame) {
    return frame.is(FrameType.PING) && frame.has(ACK);
  }

  private static List<Http2Case> goAway() {
    return List.of(
        rule(
            "6.8 GOAWAY on a stream",
            client -> client.send(Frame.goAway(1, 0, 0)).connectionError(PROTOCOL_ERROR)),
        rule(
            "6.8 GOAWAY of 7 bytes",
            client ->
                client
                    .send(Frame.of(FrameType.GOAWAY, 0, 0, new byte[7]))
                    .connectionError(FRAME_SIZE_ERROR)),
        rule("6.8 what was asked before GOAWAY is answered", FrameRules::finish),
        rule(
            "7 GOAWAY with a code that is not known",
            client ->
                client
                    .post(1)
                    .send(Frame.goAway(0, 0, 0xff), Frame.data(END_STREAM, 1))
                    .served(1, 200)));
  }

  private static void finish(Http2Client client) {
    client.get(1).send(Frame.goAway(0, 0, 0)).served(1, 200);
  }

  private static List<Http2Case> more() {
    return List.of(
        rule("6.10 a field block in pieces", client -> pieces(client, 5)),
        rule(
            "6.10 CONTINUATION on stream 0",
            client ->
                client
                    .send(
                        Frame.headers(END_STREAM, 1, client.block(METHOD_GET)),
                        Frame.continuation(END_HEADERS, 0))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.10 CONTINUATION behind a whole block",
            client ->
                client
                    .send(client.postFrame(1), Frame.continuation(END_HEADERS, 1))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.10 CONTINUATION behind the end of a block in pieces",
            client ->
                client
                    .send(
                        Frame.headers(0, 1, client.block(METHOD_POST)),
                        Frame.continuation(END_HEADERS, 1, Hpack.literal("x-a", "b")),
                        Frame.continuation(END_HEADERS, 1))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.10 CONTINUATION behind DATA",
            client ->
                client
                    .post(1)
                    .send(Frame.data(0, 1, bytes('h')), Frame.continuation(END_HEADERS, 1))
                    .connectionError(PROTOCOL_ERROR)));
  }

  private static void pieces(Http2Client client, int count) {
    byte[] block = client.block(METHOD_GET, Hpack.literal("x-a", "b".repeat(200)));
    int size = block.length / count + 1;
    Frame[] frames =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  byte[] part =
                      Arrays.copyOfRange(block, i * size, Math.min(block.length, (i + 1) * size));
                  int end = i == count - 1 ? END_HEADERS : 0;
                  return i == 0
                      ? Frame.headers(END_STREAM | end, 1, part)
                      : Frame.continuation(end, 1, part);
                })
            .toArray(Frame[]::new);
    client.send(frames).served(1, 200);
  }
}
