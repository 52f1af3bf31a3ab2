package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.ErrorCode.FLOW_CONTROL_ERROR;
import static dev.gatehouse.e2e.http2.ErrorCode.FRAME_SIZE_ERROR;
import static dev.gatehouse.e2e.http2.ErrorCode.PROTOCOL_ERROR;
import static dev.gatehouse.e2e.http2.Frame.ACK;
import static dev.gatehouse.e2e.http2.Frame.END_STREAM;
import static dev.gatehouse.e2e.http2.Http2Case.rule;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.e2e.L7Host;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** SETTINGS and windows: RFC 9113, sections 5.2, 6.5 and 6.9. */
final class FlowRules {

  private static final int HEADER_TABLE_SIZE = 1;
  private static final int ENABLE_PUSH = 2;
  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MAX_FRAME_SIZE = 5;
  private static final int MAX_HEADER_LIST_SIZE = 6;
  private static final int MAX_WINDOW = 0x7fffffff;

  private FlowRules() {}

  static List<Http2Case> all() {
    return Stream.of(settings(), values(), updates(), overflows(), windows())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Http2Case> settings() {
    return List.of(
        rule(
            "6.5 SETTINGS with ACK and a payload",
            client ->
                client
                    .send(Frame.of(FrameType.SETTINGS, ACK, 0, new byte[6]))
                    .connectionError(FRAME_SIZE_ERROR)),
        rule(
            "6.5 SETTINGS on a stream",
            client ->
                client
                    .send(Frame.of(FrameType.SETTINGS, 0, 1, new byte[6]))
                    .connectionError(PROTOCOL_ERROR)),
        rule(
            "6.5 SETTINGS of 3 bytes",
            client ->
                client
                    .send(Frame.of(FrameType.SETTINGS, 0, 0, new byte[3]))
                    .connectionError(FRAME_SIZE_ERROR)),
        rule(
            "6.5.3 SETTINGS are acknowledged",
            client ->
                client
                    .send(Frame.settings(HEADER_TABLE_SIZE, 0, MAX_CONCURRENT_STREAMS, 0))
                    .await("the ACK", frame -> frame.is(FrameType.SETTINGS) && frame.has(ACK))),
        rule(
            "6.5.3 of a setting that is given twice the last one counts",
            client -> {
              client
                  .send(Frame.settings(INITIAL_WINDOW_SIZE, 100, INITIAL_WINDOW_SIZE, 1))
                  .settled();
              assertWindow(client, 1);
            }));
  }

  private static List<Http2Case> values() {
    return List.of(
        setting("ENABLE_PUSH of 2", ENABLE_PUSH, 2, PROTOCOL_ERROR),
        setting("INITIAL_WINDOW_SIZE of 2^31", INITIAL_WINDOW_SIZE, 0x80000000, FLOW_CONTROL_ERROR),
        setting("MAX_FRAME_SIZE of 2^14-1", MAX_FRAME_SIZE, 16_383, PROTOCOL_ERROR),
        setting("MAX_FRAME_SIZE of 2^24", MAX_FRAME_SIZE, 1 << 24, PROTOCOL_ERROR),
        taken("HEADER_TABLE_SIZE of 0", HEADER_TABLE_SIZE, 0),
        taken("HEADER_TABLE_SIZE of 2^32-1", HEADER_TABLE_SIZE, -1),
        taken("ENABLE_PUSH of 0", ENABLE_PUSH, 0),
        taken("MAX_CONCURRENT_STREAMS of 0", MAX_CONCURRENT_STREAMS, 0),
        taken("INITIAL_WINDOW_SIZE of 2^31-1", INITIAL_WINDOW_SIZE, MAX_WINDOW),
        taken("MAX_FRAME_SIZE of 2^24-1", MAX_FRAME_SIZE, (1 << 24) - 1),
        taken("MAX_HEADER_LIST_SIZE of 1", MAX_HEADER_LIST_SIZE, 1));
  }

  private static Http2Case setting(String what, int setting, int value, ErrorCode code) {
    return rule(
        "6.5.2 " + what,
        client -> client.send(Frame.settings(setting, value)).connectionError(code));
  }

  private static Http2Case taken(String what, int setting, int value) {
    return rule(
        "6.5.2 " + what + " is taken",
        client -> {
          client.send(Frame.settings(setting, value)).settled();
          client.get(1).served(1, 200);
          client.get(3).served(3, 200);
        });
  }

  private static List<Http2Case> updates() {
    return List.of(
        rule(
            "6.9 WINDOW_UPDATE of 0 on the connection",
            client -> client.send(Frame.windowUpdate(0, 0)).connectionError(PROTOCOL_ERROR)),
        rule(
            "6.9 WINDOW_UPDATE of 0 on a stream",
            client -> client.post(1).send(Frame.windowUpdate(1, 0)).streamError(1, PROTOCOL_ERROR)),
        rule(
            "6.9 WINDOW_UPDATE of 3 bytes",
            client ->
                client
                    .send(Frame.of(FrameType.WINDOW_UPDATE, 0, 0, new byte[3]))
                    .connectionError(FRAME_SIZE_ERROR)),
        rule(
            "6.9 WINDOW_UPDATE of 5 bytes",
            client ->
                client
                    .post(1)
                    .send(Frame.of(FrameType.WINDOW_UPDATE, 0, 1, new byte[5]))
                    .connectionError(FRAME_SIZE_ERROR)));
  }

  private static List<Http2Case> overflows() {
    return List.of(
        rule(
            "6.9.1 the connection's window over 2^31-1",
            client ->
                client
                    .send(Frame.windowUpdate(0, MAX_WINDOW), Frame.windowUpdate(0, MAX_WINDOW))
                    .connectionError(FLOW_CONTROL_ERROR)),
        rule(
            "6.9.1 a stream's window over 2^31-1",
            client ->
                client
                    .post(1)
                    .send(Frame.windowUpdate(1, MAX_WINDOW), Frame.windowUpdate(1, MAX_WINDOW))
                    .streamError(1, FLOW_CONTROL_ERROR)),
        rule(
            "6.9.2 a stream's window over 2^31-1 by a setting",
            client ->
                client
                    .post(1)
                    .send(
                        Frame.windowUpdate(1, MAX_WINDOW - 65_535),
                        Frame.settings(INITIAL_WINDOW_SIZE, MAX_WINDOW))
                    .connectionError(FLOW_CONTROL_ERROR)));
  }

  private static List<Http2Case> windows() {
    return List.of(
        rule(
            "6.9.1 no more DATA than the stream's window",
            client -> {
              client.send(Frame.settings(INITIAL_WINDOW_SIZE, 1)).settled();
              assertWindow(client, 1);
            }),
        rule("6.9.2 a window that shrinks below zero", FlowRules::belowZero),
        rule("6.9.2 a window that grows by a setting", FlowRules::grows),
        new Http2Case("5.2 no more DATA than the connection's window", FlowRules::connectionWindow),
        rule("5.2 a body of many windows comes through", FlowRules::manyWindows),
        new Http2Case("6.9.1 more DATA than the window allows", FlowRules::tooMuch));
  }

  /** Asks for five bytes, and gets no more than the window takes until that is opened. */
  private static void assertWindow(Http2Client client, int window) {
    client.post(1).send(Frame.data(END_STREAM, 1, "hello".getBytes(US_ASCII)));
    client.await("the first bytes", frame -> frame.is(FrameType.DATA));
    client.settled();
    if (client.on(1).size() != window) {
      throw client.failed("bytes: " + client.on(1).size() + " (expected: " + window + ")");
    }
    client.send(Frame.windowUpdate(1, 100)).served(1, 200);
  }

  private static void belowZero(Http2Client client) {
    client.send(Frame.settings(INITIAL_WINDOW_SIZE, 3)).settled();
    client.post(1).send(Frame.data(END_STREAM, 1, "hello".getBytes(US_ASCII)));
    client.until("three bytes", () -> client.on(1).size() == 3);
    client.send(Frame.settings(INITIAL_WINDOW_SIZE, 2), Frame.windowUpdate(1, 1)).settled();
    if (client.on(1).size() != 3) {
      throw client.failed("DATA was sent through a window of 0");
    }
    client.send(Frame.windowUpdate(1, 2)).served(1, 200);
  }

  private static void grows(Http2Client client) {
    client.send(Frame.settings(INITIAL_WINDOW_SIZE, 0)).settled();
    client.post(1).send(Frame.data(END_STREAM, 1, "hello".getBytes(US_ASCII))).settled();
    client.until("HEADERS", client.on(1)::isBegun);
    if (client.on(1).size() != 0) {
      throw client.failed("DATA was sent through a window of 0");
    }
    client.send(Frame.settings(INITIAL_WINDOW_SIZE, 5)).served(1, 200);
  }

  private static void connectionWindow(L7Host host, String path) throws Exception {
    host.backend().answer(path, exchange -> exchange.answer(200, new byte[200_000]));
    try (Http2Client client = Http2Client.connect(host, path, INITIAL_WINDOW_SIZE, MAX_WINDOW)) {
      client.get(1);
      client.until("all that fits", () -> client.on(1).size() >= 65_535);
      client.settled();
      if (client.on(1).size() != 65_535) {
        throw client.failed("more than the connection's window: " + client.on(1).size());
      }
      client.send(Frame.windowUpdate(0, 1_000_000)).served(1, 200);
    }
  }

  /** The windows of the one who takes the body are opened as the backend takes it. */
  private static void manyWindows(Http2Client client) {
    client.send(Frame.windowUpdate(0, 10_000_000)).post(1);
    int window = client.initialWindow();
    int sent = 0;
    while (sent < 40 * 16_384) {
      while (window < 16_384) {
        window += client.await("a window", frame -> isUpdate(frame, 1)).numberAt(0);
      }
      client.send(Frame.data(0, 1, new byte[16_384]), Frame.windowUpdate(1, 16_384));
      window -= 16_384;
      sent += 16_384;
    }
    if (client.send(Frame.data(END_STREAM, 1)).served(1, 200).body().length() != sent) {
      throw client.failed("the body came back changed");
    }
  }

  private static boolean isUpdate(Frame frame, int stream) {
    return frame.is(FrameType.WINDOW_UPDATE) && frame.stream() == stream;
  }

  /** More than anybody between can hold, so that no window is opened for all of it. */
  private static void tooMuch(L7Host host, String path) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    host.backend().answer(path, _ -> over.await());
    try (Http2Client client = Http2Client.connect(host, path)) {
      client.post(1, Hpack.literal("content-length", "100000000"));
      Frame[] frames = new Frame[16];
      Arrays.fill(frames, Frame.data(0, 1, new byte[16_384]));
      for (int i = 0; i < 128; i++) {
        client.send(frames);
      }
      client.streamError(1, FLOW_CONTROL_ERROR);
    } finally {
      over.countDown();
    }
  }
}
