package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.ErrorCode.CANCEL;
import static dev.gatehouse.e2e.http2.ErrorCode.PROTOCOL_ERROR;
import static dev.gatehouse.e2e.http2.ErrorCode.REFUSED_STREAM;
import static dev.gatehouse.e2e.http2.ErrorCode.STREAM_CLOSED;
import static dev.gatehouse.e2e.http2.Frame.END_HEADERS;
import static dev.gatehouse.e2e.http2.Frame.END_STREAM;
import static dev.gatehouse.e2e.http2.Hpack.METHOD_GET;
import static dev.gatehouse.e2e.http2.Hpack.concat;
import static dev.gatehouse.e2e.http2.Http2Case.rule;

import dev.gatehouse.e2e.L7Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The life of a stream: RFC 9113, sections 5.1 and 5.3. */
final class StreamRules {

  private static final int MAX_STREAMS = 100;

  private StreamRules() {}

  static List<Http2Case> all() {
    return Stream.of(idle(), halfClosed(), reset(), ended(), numbers(), priorities())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Http2Case> idle() {
    return List.of(
        rule(
            "5.1 idle: DATA",
            client ->
                client
                    .send(Frame.data(END_STREAM, 1, new byte[4]))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "5.1 idle: RST_STREAM",
            client -> client.send(Frame.reset(1, CANCEL)).connectionError(PROTOCOL_ERROR)),
        rule(
            "5.1 idle: WINDOW_UPDATE",
            client -> client.send(Frame.windowUpdate(1, 100)).connectionError(PROTOCOL_ERROR)),
        rule(
            "5.1 idle: CONTINUATION",
            client ->
                client
                    .send(Frame.continuation(END_HEADERS, 1, client.block(METHOD_GET)))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "5.1 idle: PRIORITY is taken",
            client -> client.send(Frame.priority(1, 0, 255)).settled().get(1).served(1, 200)),
        rule(
            "5.1 idle: RST_STREAM of a stream above those that were used",
            client -> {
              client.get(1).served(1, 200);
              client.send(Frame.reset(5, CANCEL)).connectionError(PROTOCOL_ERROR);
            }));
  }

  /** A stream is held half closed by an answer that does not come. */
  private static List<Http2Case> halfClosed() {
    return List.of(
        held(
            "5.1 half closed: DATA",
            client ->
                client.send(Frame.data(END_STREAM, 1, new byte[4])).streamError(1, STREAM_CLOSED)),
        held(
            "5.1 half closed: HEADERS",
            client -> client.send(trailers()).streamError(1, STREAM_CLOSED)),
        held(
            "5.1 half closed: HEADERS that do not end",
            client ->
                client
                    .send(Frame.headers(END_HEADERS, 1, client.block(METHOD_GET)))
                    .streamError(1, STREAM_CLOSED)),
        held(
            "5.1 half closed: CONTINUATION",
            client ->
                client
                    .send(Frame.continuation(END_HEADERS, 1))
                    .connectionError(PROTOCOL_ERROR, STREAM_CLOSED)),
        held(
            "5.1 half closed: WINDOW_UPDATE, PRIORITY and RST_STREAM are taken",
            client -> {
              client.send(Frame.windowUpdate(1, 100), Frame.priority(1, 0, 255)).settled();
              client.send(Frame.reset(1, CANCEL)).settled();
            }));
  }

  private static Http2Case held(String rule, Http2Case.Talk talk) {
    return new Http2Case(
        rule,
        (host, path) -> {
          CountDownLatch over = new CountDownLatch(1);
          host.backend()
              .answer(
                  path,
                  exchange -> {
                    over.await();
                    exchange.answer(200, exchange.body());
                  });
          try (Http2Client client = Http2Client.connect(host, path)) {
            talk.run(client.get(1));
          } finally {
            over.countDown();
          }
        });
  }

  private static List<Http2Case> reset() {
    return List.of(
        rule(
            "5.1 closed by RST_STREAM: DATA",
            client ->
                client
                    .post(1)
                    .send(Frame.reset(1, CANCEL), Frame.data(END_STREAM, 1, new byte[4]))
                    .streamError(1, STREAM_CLOSED)),
        rule(
            "5.1 closed by RST_STREAM: HEADERS",
            client ->
                client
                    .post(1)
                    .send(Frame.reset(1, CANCEL), trailers())
                    .streamError(1, STREAM_CLOSED)),
        rule(
            "5.1 closed by RST_STREAM: CONTINUATION",
            client ->
                client
                    .post(1)
                    .send(Frame.reset(1, CANCEL), Frame.continuation(END_HEADERS, 1))
                    .connectionError(PROTOCOL_ERROR, STREAM_CLOSED)),
        rule(
            "5.1 closed by RST_STREAM: RST_STREAM, WINDOW_UPDATE and PRIORITY do no harm",
            client -> {
              client.post(1).send(Frame.reset(1, CANCEL)).settled();
              client.send(Frame.reset(1, CANCEL), Frame.priority(1, 0, 255)).settled();
              client.get(3).served(3, 200);
            }));
  }

  private static List<Http2Case> ended() {
    return List.of(
        rule(
            "5.1 closed at its end: DATA",
            client -> {
              client.get(1).served(1, 200);
              client.send(Frame.data(END_STREAM, 1, new byte[4])).streamError(1, STREAM_CLOSED);
            }),
        rule(
            "5.1 closed at its end: HEADERS",
            client -> {
              client.get(1).served(1, 200);
              client.send(trailers()).streamError(1, STREAM_CLOSED);
            }),
        rule(
            "5.1 closed at its end: CONTINUATION",
            client -> {
              client.get(1).served(1, 200);
              client
                  .send(Frame.continuation(END_HEADERS, 1))
                  .connectionError(PROTOCOL_ERROR, STREAM_CLOSED);
            }),
        rule(
            "5.1 closed at its end: RST_STREAM, WINDOW_UPDATE and PRIORITY do no harm",
            client -> {
              client.get(1).served(1, 200);
              client
                  .send(Frame.windowUpdate(1, 5), Frame.reset(1, CANCEL), Frame.priority(1, 0, 255))
                  .settled();
              client.get(3).served(3, 200);
            }));
  }

  private static Frame trailers() {
    return Frame.headers(END_STREAM | END_HEADERS, 1, Hpack.literal("x-a", "b"));
  }

  private static List<Http2Case> numbers() {
    return List.of(
        rule("5.1.1 an even number", client -> client.get(2).connectionError(PROTOCOL_ERROR)),
        rule(
            "5.1.1 a lower number than the last",
            client -> {
              client.get(5).served(5, 200);
              client.get(3).connectionError(PROTOCOL_ERROR);
            }),
        rule(
            "5.1.1 numbers may be left out",
            client -> {
              client.get(1).served(1, 200);
              client.get(1001).served(1001, 200);
            }),
        rule(
            "5.1.1 the highest number of all",
            client -> client.get(0x7fffffff).served(0x7fffffff, 200)),
        new Http2Case("5.1.2 more streams than are allowed", StreamRules::tooMany),
        new Http2Case("5.4.2 RST_STREAM is not answered by its like", StreamRules::noAnswer));
  }

  private static void noAnswer(L7Host host, String path) throws Exception {
    host.backend().answer(path, exchange -> exchange.answer(200, new byte[1000]));
    try (Http2Client client = Http2Client.connect(host, path, 4, 0)) {
      client.get(1).until("HEADERS", client.on(1)::isBegun);
      client.send(Frame.reset(1, CANCEL)).settled().settled();
      if (client.on(1).reset() != null) {
        throw client.failed("RST_STREAM was answered by RST_STREAM");
      }
    }
  }

  private static void tooMany(L7Host host, String path) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    host.backend()
        .answer(
            path,
            exchange -> {
              over.await();
              exchange.answer(200, exchange.body());
            });
    try (Http2Client client = Http2Client.connect(host, path)) {
      List<Frame> frames = new ArrayList<>();
      for (int i = 0; i <= MAX_STREAMS; i++) {
        frames.add(client.getFrame(2 * i + 1));
      }
      client.send(frames.toArray(Frame[]::new));
      boolean lives = client.streamError(2 * MAX_STREAMS + 1, REFUSED_STREAM, PROTOCOL_ERROR);
      over.countDown();
      if (lives) {
        client.served(2 * MAX_STREAMS - 1, 200);
      }
    } finally {
      over.countDown();
    }
  }

  /** The scheme of RFC 7540 is gone; its frames and fields are read and mean nothing. */
  private static List<Http2Case> priorities() {
    return List.of(
        rule(
            "5.3.2 HEADERS with priority",
            client ->
                client.send(prioritised(client, Frame.priorityFields(0, 255))).served(1, 200)),
        rule(
            "5.3.2 HEADERS that depend on a stream that is not there",
            client ->
                client
                    .send(prioritised(client, Frame.priorityFields(0x80000000 | 77, 0)))
                    .served(1, 200)),
        rule(
            "5.3.2 PRIORITY of every kind",
            client -> {
              client
                  .send(
                      Frame.priority(1, 0, 0),
                      Frame.priority(3, 1, 255),
                      Frame.priority(5, 0x80000000 | 1, 16),
                      Frame.priority(2, 7, 16))
                  .settled();
              client.get(1).served(1, 200);
            }));
  }

  private static Frame prioritised(Http2Client client, byte[] priority) {
    return Frame.headers(
        END_STREAM | END_HEADERS | Frame.PRIORITY, 1, concat(priority, client.block(METHOD_GET)));
  }
}
