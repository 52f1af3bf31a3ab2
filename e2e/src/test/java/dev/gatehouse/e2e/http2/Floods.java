package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.Abuse.borne;
import static dev.gatehouse.e2e.http2.Abuse.ended;
import static dev.gatehouse.e2e.http2.Abuse.flood;
import static dev.gatehouse.e2e.http2.Abuse.repeat;
import static dev.gatehouse.e2e.http2.ErrorCode.CANCEL;
import static dev.gatehouse.e2e.http2.ErrorCode.ENHANCE_YOUR_CALM;
import static dev.gatehouse.e2e.http2.Frame.ACK;
import static dev.gatehouse.e2e.http2.Frame.END_HEADERS;
import static dev.gatehouse.e2e.http2.Frame.END_STREAM;
import static dev.gatehouse.e2e.http2.Hpack.literal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;
import dev.gatehouse.e2e.http.Trickle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Frames that cost the client little and the server more, in numbers. */
final class Floods {

  private static final int RESETS = 260;

  private Floods() {}

  static List<Abuse> all() {
    return Stream.of(resets(), drawnResets(), frames(), emptyFrames(), glitches())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Abuse> resets() {
    return List.of(
        new Abuse("rapid reset of requests that nobody has answered", "rapid_reset", Floods::rapid),
        new Abuse("rapid reset of responses that have begun", "rapid_reset", Floods::begun),
        borne("some resets do no harm", Floods::some));
  }

  /** The work at the backend stays within what is allowed at once, and the budget. */
  private static void rapid(L7Host host, String path) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    host.backend().answer(path, _ -> over.await());
    try (Http2Client client = Http2Client.connect(host, path)) {
      flood(client, RESETS, i -> new Frame[] {client.getFrame(i), Frame.reset(i, CANCEL)});
      client.connectionError(ENHANCE_YOUR_CALM);
      assertThat(host.backend().requests(path)).hasSizeLessThanOrEqualTo(150);
    } finally {
      over.countDown();
    }
  }

  private static void begun(L7Host host, String path) throws Exception {
    host.backend().answer(path, exchange -> exchange.answer(200, new byte[1000]));
    try (Http2Client client = Http2Client.connect(host, path, 4, 0)) {
      for (int first = 1; first < 400; first += 100) {
        reset(client, first, 50);
      }
      client.get(401).send(Frame.reset(401, CANCEL)).connectionError(ENHANCE_YOUR_CALM);
    }
  }

  /** Asks for so many, waits until all have begun and wants none of them. */
  private static void reset(Http2Client client, int first, int count) {
    for (int stream = first; stream < first + 2 * count; stream += 2) {
      client.get(stream);
    }
    for (int stream = first; stream < first + 2 * count; stream += 2) {
      client.until("HEADERS", client.on(stream)::isBegun);
    }
    for (int stream = first; stream < first + 2 * count; stream += 2) {
      client.send(Frame.reset(stream, CANCEL));
    }
  }

  private static void some(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      flood(client, 40, i -> new Frame[] {client.postFrame(i), Frame.reset(i, CANCEL)});
      client.settled().get(81).served(81, 200);
    }
  }

  /** Each draws a RST_STREAM from the server, who opened the stream all the same. */
  private static List<Abuse> drawnResets() {
    return List.of(
        new Abuse("drawn resets at leisure", "server_reset", Floods::leisurely),
        drawn(
            "WINDOW_UPDATE of 0",
            (client, i) -> List.of(client.postFrame(i), Frame.windowUpdate(i, 0))),
        drawn(
            "a window that overflows",
            (client, i) -> List.of(client.postFrame(i), Frame.windowUpdate(i, 0x7fffffff))),
        drawn(
            "PRIORITY of 4 bytes",
            (client, i) ->
                List.of(client.postFrame(i), Frame.of(FrameType.PRIORITY, 0, i, new byte[4]))),
        drawn(
            "more DATA than content-length",
            (client, i) ->
                List.of(
                    client.postFrame(i, literal("content-length", "1")),
                    Frame.data(END_STREAM, i, new byte[4]))),
        drawn(
            "a name in upper case",
            (client, i) -> List.of(client.getFrame(i, literal("X-A", "b")))),
        drawn(
            "DATA behind the end",
            (client, i) -> List.of(client.getFrame(i), Frame.data(END_STREAM, i, new byte[4]))),
        drawn(
            "HEADERS behind the end",
            (client, i) -> List.of(client.getFrame(i), client.getFrame(i))));
  }

  /** What a client sends on each stream. */
  private interface Stimulus {
    List<Frame> of(Http2Client client, int stream);
  }

  /** At once it is an anomaly besides, so that either budget may be spent first. */
  private static Abuse drawn(String what, Stimulus stimulus) {
    return new Abuse(
        "drawn resets by " + what,
        null,
        (host, path) -> {
          CountDownLatch over = new CountDownLatch(1);
          host.backend().answer(path, _ -> over.await());
          try (Http2Client client = Http2Client.connect(host, path)) {
            flood(client, RESETS, i -> stimulus.of(client, i).toArray(Frame[]::new));
            client.connectionError(ENHANCE_YOUR_CALM);
          } finally {
            over.countDown();
          }
          assertThat(host.backend().requests(path)).hasSizeLessThanOrEqualTo(300);
        });
  }

  /** Too slow for any budget of a second. */
  private static void leisurely(L7Host host, String path) throws Exception {
    AtomicInteger stream = new AtomicInteger(-1);
    try (Http2Client client = Http2Client.connect(host, path)) {
      Runnable draw =
          () -> {
            for (int i = 0; i < 15; i++) {
              client.raw(client.getFrame(stream.addAndGet(2), literal("X-A", "b")).bytes());
            }
          };
      try (Trickle _ = Trickle.every(Duration.ofMillis(300), draw)) {
        client.connectionError(ENHANCE_YOUR_CALM);
      }
      assertThat(stream.get() / 2).isBetween(199, 280);
    }
  }

  private static List<Abuse> frames() {
    return List.of(
        ended("a flood of PING", "ping", client -> repeat(client, 400, Frame.ping(0, new byte[8]))),
        ended("a flood of SETTINGS", "settings", client -> repeat(client, 200, Frame.settings())),
        ended(
            "a flood of SETTINGS that change the windows",
            "settings",
            client -> {
              for (int i = 0; i < 100; i++) {
                client.send(Frame.settings(4, 1), Frame.settings(4, 65_535));
              }
            }),
        ended(
            "a flood of PRIORITY",
            "priority",
            client -> flood(client, 400, i -> new Frame[] {Frame.priority(i, i + 2, 7)})),
        ended(
            "a flood of WINDOW_UPDATE without DATA",
            "window_update",
            client -> repeat(client, 400, Frame.windowUpdate(0, 1))),
        ended(
            "CONTINUATION without end",
            "continuation",
            client -> {
              client.send(Frame.headers(END_STREAM, 1, client.block(Hpack.METHOD_GET)));
              repeat(client, 40, Frame.continuation(0, 1, literal("a", "b")));
            }),
        ended(
            "empty CONTINUATION",
            "continuation",
            client -> {
              client.send(Frame.headers(END_STREAM, 1, client.block(Hpack.METHOD_GET)));
              repeat(client, 3, Frame.continuation(0, 1));
            }),
        borne("a field block in fifteen frames does no harm", Floods::fifteen));
  }

  private static void fifteen(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      client.send(Frame.headers(END_STREAM, 1, client.block(Hpack.METHOD_GET)));
      repeat(client, 13, Frame.continuation(0, 1, literal("a", "b")));
      client.send(Frame.continuation(END_HEADERS, 1, literal("a", "b"))).served(1, 200);
    }
  }

  private static List<Abuse> emptyFrames() {
    return List.of(
        ended(
            "empty DATA without end",
            "empty_data",
            client -> {
              client.post(1);
              repeat(client, 4, Frame.data(0, 1));
            }),
        ended(
            "DATA of padding alone without end",
            "empty_data",
            client -> {
              client.post(1);
              repeat(client, 200, Frame.data(Frame.PADDED, 1, Hpack.bytes(1, 0)));
            }),
        ended(
            "empty HEADERS",
            "empty_headers",
            client ->
                flood(client, 60, i -> new Frame[] {Frame.headers(END_STREAM | END_HEADERS, i)})));
  }

  private static List<Abuse> glitches() {
    Frame unknown = new Frame(0, 0xbe, 0, 0, new byte[0]);
    return List.of(
        ended(
            "a flood of frames of an unknown type",
            "glitch",
            client -> repeat(client, 1000, unknown)),
        ended(
            "a flood of PING with ACK that nobody waits for",
            "glitch",
            client -> repeat(client, 1000, Frame.ping(ACK, new byte[8]))));
  }
}
