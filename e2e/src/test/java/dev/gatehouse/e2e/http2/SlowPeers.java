package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.Abuse.borne;
import static dev.gatehouse.e2e.http2.ErrorCode.CANCEL;
import static dev.gatehouse.e2e.http2.Frame.END_STREAM;
import static dev.gatehouse.e2e.http2.Hpack.literal;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.L7Host;
import dev.gatehouse.e2e.http.Exchange;
import dev.gatehouse.e2e.http.Trickle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients that take or bring next to nothing, and hold on to what they have. */
final class SlowPeers {

  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MAX_WINDOW = 0x7fffffff;
  private static final int MIB = 1024 * 1024;

  /** More than sockets hold on their way, and far less than was asked for. */
  private static final int MAX_ON_THE_WAY = 48 * MIB;

  private SlowPeers() {}

  static List<Abuse> all() {
    return List.of(
        new Abuse("a window that stays closed", "stall", SlowPeers::closedWindow),
        new Abuse("a window that opens by a byte at a time", "stall", SlowPeers::dribble),
        new Abuse("a closed window on many streams", "stall", SlowPeers::manyClosedWindows),
        borne("an open window and a client that does not read", SlowPeers::deaf),
        borne("an upload that the backend does not take", SlowPeers::untakenUpload),
        borne("a body that does not come", SlowPeers::stalledBody),
        borne("a field block that does not end", SlowPeers::stalledBlock),
        borne("a preface that does not end", SlowPeers::stalledPreface),
        borne("a client that says nothing", SlowPeers::silent),
        borne("a client without a request", SlowPeers::idle),
        borne("a client with very many requests", SlowPeers::rotated));
  }

  private static void closedWindow(L7Host host, String path) throws Exception {
    host.backend().answer(path, exchange -> exchange.answer(200, new byte[200_000]));
    try (Http2Client client = Http2Client.connect(host, path, INITIAL_WINDOW_SIZE, 0)) {
      assertThat(client.get(1).streamError(1, CANCEL)).as("lives on").isTrue();
    }
  }

  private static void dribble(L7Host host, String path) throws Exception {
    host.backend().answer(path, exchange -> exchange.answer(200, new byte[200_000]));
    try (Http2Client client = Http2Client.connect(host, path, INITIAL_WINDOW_SIZE, 1)) {
      client.get(1);
      try (Trickle _ =
          Trickle.every(
              Duration.ofMillis(100), () -> client.raw(Frame.windowUpdate(1, 1).bytes()))) {
        client.streamError(1, CANCEL);
      }
      assertThat(client.on(1).size()).isLessThan(200);
    }
  }

  private static void manyClosedWindows(L7Host host, String path) throws Exception {
    host.backend().answer(path, exchange -> exchange.answer(200, new byte[200_000]));
    try (Http2Client client = Http2Client.connect(host, path, INITIAL_WINDOW_SIZE, 0)) {
      for (int i = 0; i < 50; i++) {
        client.get(2 * i + 1);
      }
      client.streamError(99, CANCEL, ErrorCode.ENHANCE_YOUR_CALM);
    }
  }

  /** What the backend gets rid of stays bounded, and it hears that nobody wants the rest. */
  private static void deaf(L7Host host, String path) throws Exception {
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    host.backend().answer(path, exchange -> sent.complete(exchange.flood()));
    try (Http2Client client = Http2Client.connect(host, path, INITIAL_WINDOW_SIZE, MAX_WINDOW)) {
      client.send(Frame.windowUpdate(0, MAX_WINDOW - 65_535)).get(1);
      assertThat(sent.get(20, TimeUnit.SECONDS)).isLessThan(MAX_ON_THE_WAY);
    }
  }

  private static void untakenUpload(L7Host host, String path) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    host.backend().answer(path, _ -> over.await());
    try (Http2Client client = Http2Client.connect(host, path)) {
      client.post(1);
      long stream = client.initialWindow();
      long connection = 65_535L + client.opened();
      while (!client.on(1).isBegun()) {
        while (Math.min(stream, connection) >= 16_384) {
          client.send(Frame.data(0, 1, new byte[16_384]));
          stream -= 16_384;
          connection -= 16_384;
        }
        Frame frame = client.await("a window or a response", _ -> true);
        stream += increment(frame, 1);
        connection += increment(frame, 0);
      }
      assertThat(client.on(1).response().status()).isEqualTo(502);
    } finally {
      over.countDown();
    }
  }

  private static long increment(Frame frame, int stream) {
    return frame.is(FrameType.WINDOW_UPDATE) && frame.stream() == stream ? frame.numberAt(0) : 0;
  }

  /** Whether by 408 or by a reset, the stream ends and the connection does not. */
  private static void stalledBody(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      client
          .post(1, literal("content-length", "10"))
          .send(Frame.data(0, 1, "hello".getBytes(US_ASCII)));
      Incoming stream = client.on(1);
      client.until("408 or RST_STREAM", () -> stream.isBegun() || stream.reset() != null);
      if (stream.isBegun()) {
        assertThat(stream.response().status()).isEqualTo(408);
      } else {
        client.streamError(1, CANCEL);
      }
      client.get(3).served(3, 200);
      assertThat(host.backend().requests(path + " ")).noneMatch(SlowPeers::isCutPost);
    }
  }

  private static boolean isCutPost(Exchange exchange) {
    return exchange.line().startsWith("POST") && exchange.isComplete();
  }

  private static void stalledBlock(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      client.send(Frame.headers(END_STREAM, 1, client.block(Hpack.METHOD_GET))).closed();
      assertThat(host.backend().saw(path)).isFalse();
    }
  }

  private static void stalledPreface(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.silent(host, path)) {
      client.raw("PRI * HT".getBytes(US_ASCII)).closed();
    }
  }

  private static void silent(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.silent(host, path)) {
      client.closed();
    }
  }

  private static void idle(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      client.get(1).served(1, 200);
      client.await("GOAWAY", frame -> frame.is(FrameType.GOAWAY));
      client.closed();
    }
  }

  /** It is told to go on elsewhere, and loses nothing. */
  private static void rotated(L7Host host, String path) throws Exception {
    try (Http2Client client = Http2Client.connect(host, path)) {
      for (int i = 0; i < Http2AbuseTest.MAX_STREAMS; i += 50) {
        for (int stream = 2 * i + 1; stream < 2 * i + 101; stream += 2) {
          client.get(stream);
        }
        for (int stream = 2 * i + 1; stream < 2 * i + 101; stream += 2) {
          client.served(stream, 200);
        }
      }
      client.closed();
      assertThat(client.goneAway()).isEqualTo(ErrorCode.NO_ERROR);
    }
  }
}
