package dev.gatehouse.proxy.upstream.http;

import static dev.gatehouse.proxy.http.Messages.fields;
import static dev.gatehouse.proxy.http.Messages.request;
import static dev.gatehouse.proxy.upstream.http.Conversations.bytes;
import static dev.gatehouse.proxy.upstream.http.Conversations.sent;
import static dev.gatehouse.proxy.upstream.http.Conversations.toBackend;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.Backends;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.wire.http.Fields;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notation is that of {@link dev.gatehouse.proxy.http.Messages}. */
@ExtendWith(LeakGuard.class)
class Http1BackendTest {

  private static final Request GET = request("GET·/·HTTP/1.1$Host:·a.example$$");
  private static final Request HEAD = request("HEAD·/·HTTP/1.1$Host:·a.example$$");
  private static final Request POST_5 =
      request("POST·/·HTTP/1.1$Host:·a.example$Content-Length:·5$$");
  private static final Request STREAMED =
      request("POST·/·HTTP/1.1$Host:·a.example$Transfer-Encoding:·chunked$$");
  private static final Request WEB_SOCKET =
      request(
          "GET·/·HTTP/1.1$Host:·a.example$Connection:·Upgrade$Upgrade:·websocket$"
              + "Sec-WebSocket-Version:·13$Sec-WebSocket-Key:·x$$");
  private static final String OK = "HTTP/1.1·200·OK$Content-Length:·5$$hello";

  private final Reads reads = new Reads();
  private final EmbeddedChannel channel = new EmbeddedChannel(reads);
  private final RecordedKeeper keeper = new RecordedKeeper();
  private final RecordedEvents events = new RecordedEvents();
  private final Backend backend = Backends.named("one");
  private final BackendConnection connection = Http1Backend.install(channel, backend, keeper);

  private static final class Reads extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void read(ChannelHandlerContext context) {
      count++;
    }
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private BackendStream asked(Request request) {
    return asked(request, events);
  }

  private BackendStream asked(Request request, RecordedEvents told) {
    BackendStream stream = connection.open(request, told);
    stream.begin(toBackend(request), request.framing().isEmpty());
    stream.flush();
    return stream;
  }

  private void answer(String text) {
    channel.writeInbound(bytes(text));
  }

  /** One exchange that went well. */
  private void used() {
    asked(GET, new RecordedEvents());
    answer(OK);
    sent(channel);
    keeper.told.clear();
  }

  // requests

  @Test
  void aRequestWithoutABodyIsItsHead() {
    BackendStream stream = asked(GET);
    assertThat(sent(channel)).isEqualTo("GET·/·HTTP/1.1$Host:·a.example$$");
    assertThat(stream.backend()).isSameAs(backend);
  }

  @Test
  void aBodyOfKnownLengthIsSentAsItIs() {
    BackendStream stream = asked(POST_5);
    stream.data(bytes("he"));
    stream.data(bytes("llo"));
    stream.end(Fields.NONE);
    stream.flush();
    assertThat(sent(channel)).isEqualTo("POST·/·HTTP/1.1$Host:·a.example$Content-Length:·5$$hello");
  }

  @Test
  void aStreamedBodyIsSentInChunksWithItsTrailer() {
    BackendStream stream = asked(STREAMED);
    stream.data(bytes("hello"));
    stream.data(bytes(""));
    stream.data(bytes("x".repeat(2000)));
    stream.end(fields("Sum", "1"));
    stream.flush();
    assertThat(sent(channel))
        .isEqualTo(
            "POST·/·HTTP/1.1$Host:·a.example$Transfer-Encoding:·chunked$$"
                + "5$hello$7d0$"
                + "x".repeat(2000)
                + "$0$Sum:·1$$");
  }

  @Test
  void aStreamThatEndsWithItsHeadIsClosedByItsLastChunk() {
    BackendStream stream = connection.open(STREAMED, events);
    stream.begin(toBackend(STREAMED), true);
    stream.flush();
    assertThat(sent(channel)).endsWith("Transfer-Encoding:·chunked$$0$$");
  }

  @Test
  void aRequestThatHasNoBodySendsNone() {
    BackendStream stream = asked(GET);
    stream.data(bytes("smuggled"));
    stream.end(fields("x", "y"));
    stream.flush();
    assertThat(sent(channel)).isEqualTo("GET·/·HTTP/1.1$Host:·a.example$$");
  }

  // responses

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1·200·OK$Content-Length:·5$$hello, response 200, hello, idle",
    "HTTP/1.1·200·OK$Transfer-Encoding:·chunked$$5$hello$0$$, response 200, hello, idle",
    "HTTP/1.1·200·OK$Transfer-Encoding:·chunked$$2;a=b$he$3$llo$0$X:·y$$, response 200, hello, idle",
    "HTTP/1.1·200·OK$Content-Length:·0$$, response 200 ended, '', idle",
    "HTTP/1.1·204·No·Content$$, response 204 ended, '', idle",
    "HTTP/1.1·304·Not·Modified$Content-Length:·5$$, response 304 ended, '', idle",
    "HTTP/1.1·200·OK$Connection:·close$Content-Length:·5$$hello, response 200, hello, closed",
    "HTTP/1.0·200·OK$Content-Length:·5$$hello, response 200, hello, closed",
  })
  void aResponseIsTheSameHoweverItsBytesArrive(
      String response, String head, String body, String fate) {
    assertAnswer(response.length(), response, head, body, fate);
    assertAnswer(1, response, head, body, fate);
    assertAnswer(7, response, head, body, fate);
  }

  private static void assertAnswer(
      int step, String response, String head, String body, String fate) {
    Http1BackendTest fresh = new Http1BackendTest();
    fresh.asked(GET);
    String wire = response.replace("$", "\r\n");
    for (int i = 0; i < wire.length(); i += step) {
      fresh.channel.writeInbound(bytes(wire.substring(i, Math.min(wire.length(), i + step))));
    }
    assertThat(fresh.events.told).startsWith(head).hasSize(head.endsWith("ended") ? 1 : 2);
    assertThat(fresh.events.body.toString()).isEqualTo(body);
    assertThat(fresh.keeper.told).containsExactly(fate);
    assertThat(fresh.channel.isActive()).isEqualTo(fate.equals("idle"));
    fresh.close();
  }

  @Test
  void theResponseToHeadEndsWithItsHead() {
    asked(HEAD);
    answer("HTTP/1.1·200·OK$Content-Length:·5$$");
    assertThat(events.told).containsExactly("response 200 ended");
    assertThat(keeper.told).containsExactly("idle");
  }

  @Test
  void aTrailerIsToldWithoutWhatItMayNotSay() {
    asked(GET);
    answer("HTTP/1.1·200·OK$Transfer-Encoding:·chunked$$0$Sum:·1$Content-Length:·5$$");
    assertThat(events.trailer).isEqualTo(fields("Sum", "1"));
  }

  @Test
  void newsComeBeforeTheResponse() {
    asked(GET);
    answer("HTTP/1.1·100·Continue$$HTTP/1.1·103·Early·Hints$Link:·x$$" + OK);
    assertThat(events.told).containsExactly("interim 100", "interim 103", "response 200", "end");
  }

  @Test
  void tooMuchNewsIsNoResponse() {
    asked(GET);
    answer("HTTP/1.1·100·Continue$$".repeat(17));
    assertThat(events.told).hasSize(17).endsWith("bad_response_interim");
    assertThat(keeper.told).containsExactly("error");
  }

  @Test
  void aResponseMayEndWithItsConnection() {
    asked(GET);
    answer("HTTP/1.1·200·OK$$hel");
    answer("lo");
    assertThat(events.told).containsExactly("response 200");
    channel.close();
    assertThat(events.told).containsExactly("response 200", "end");
    assertThat(events.body.toString()).isEqualTo("hello");
    assertThat(keeper.told).containsExactly("closed");
  }

  @Test
  void aResponseThatShouldEndWithItsConnectionIsCutByAnError() {
    asked(GET);
    answer("HTTP/1.1·200·OK$$hello");
    channel.pipeline().fireExceptionCaught(new IOException("reset"));
    assertThat(events.told).containsExactly("response 200", "backend_closed");
    assertThat(keeper.told).containsExactly("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1·200·OK$Content-Length:·5$$hell",
        "HTTP/1.1·200·OK$Transfer-Encoding:·chunked$$5$hello",
        "HTTP/1.1·200·OK$Transfer-Encoding:·chunked$$5$hello$0$",
      })
  void aResponseThatEndsTooSoonIsNeverWhole(String response) {
    asked(GET);
    answer(response);
    channel.close();
    assertThat(events.told).containsExactly("response 200", "backend_closed");
    assertThat(keeper.told).containsExactly("error");
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense·that·is·no·HTTP$$, bad_response_malformed",
    "HTTP/1.1·200·OK$Bad·Name:·x$$, bad_response_malformed",
    "HTTP/1.1·200·OK$Content-Length:·5$Content-Length:·5$$, bad_response_framing",
    "HTTP/1.1·200·OK$Content-Length:·5$Transfer-Encoding:·chunked$$, bad_response_framing",
    "HTTP/1.1·101·Switching·Protocols$Upgrade:·websocket$$, bad_response_upgrade",
  })
  void whatIsNoResponseIsNotForwarded(String response, String failure) {
    asked(GET);
    answer(response);
    assertThat(events.told).containsExactly(failure);
    assertThat(keeper.told).containsExactly("error");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void aChunkThatIsNoneCutsTheResponse() {
    asked(GET);
    answer("HTTP/1.1·200·OK$Transfer-Encoding:·chunked$$5$hello$x$");
    assertThat(events.told).containsExactly("response 200", "bad_response_framing");
  }

  @Test
  void aHeadThatIsTooLargeIsNotForwarded() {
    asked(GET);
    answer("HTTP/1.1·200·OK$X:·" + "x".repeat(70_000) + "$$");
    assertThat(events.told).containsExactly("bad_response_too_large");
  }

  @Test
  void aBackendThatAnswersInHttp2IsRemembered() {
    asked(GET);
    // SETTINGS without parameters, RFC 9113 section 6.5
    channel.writeInbound(bytes("\0\0\0\4\0\0\0\0\0"));
    assertThat(events.told).containsExactly("backend_protocol");
    assertThat(keeper.told).containsExactly("http/2", "error");
  }

  // reuse

  @Test
  void aConnectionServesOneAfterTheOther() {
    assertThat(asked(GET).isReused()).isFalse();
    assertThat(connection.isFree()).isFalse();
    answer(OK);
    assertThat(connection.isFree()).isTrue();
    RecordedEvents second = new RecordedEvents();
    assertThat(asked(GET, second).isReused()).isTrue();
    answer(OK);
    assertThat(second.told).containsExactly("response 200", "end");
    assertThat(keeper.told).containsExactly("idle", "idle");
  }

  @Test
  void aConnectionIsFreeBeforeTheEndIsTold() {
    RecordedEvents second = new RecordedEvents();
    events.onEnd = () -> asked(GET, second);
    asked(GET);
    answer(OK);
    assertThat(second.told).isEmpty();
    answer(OK);
    assertThat(second.told).containsExactly("response 200", "end");
  }

  @Test
  void surplusAfterAResponseIsNobodysResponse() {
    asked(GET);
    answer(OK + "HTTP/1.1·200·OK$");
    assertThat(events.told).containsExactly("response 200", "end");
    assertThat(keeper.told).containsExactly("surplus");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void surplusAfterAResponseWithoutABodyIsFoundToo() {
    asked(GET);
    answer("HTTP/1.1·204·No·Content$$x");
    assertThat(events.told).containsExactly("response 204 ended");
    assertThat(keeper.told).containsExactly("surplus");
  }

  @Test
  void aBackendThatTalksOutOfTurnIsLeft() {
    used();
    answer("HTTP/1.1·408·Timeout$$");
    assertThat(keeper.told).containsExactly("surplus");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void aBackendThatClosesAnIdleConnectionIsNoticed() {
    used();
    channel.close();
    assertThat(keeper.told).containsExactly("closed");
    assertThat(connection.isFree()).isFalse();
  }

  @Test
  void aResponseBeforeTheEndOfItsRequestEndsTheConnection() {
    asked(POST_5);
    answer(OK);
    assertThat(events.told).containsExactly("response 200", "end");
    assertThat(keeper.told).containsExactly("closed");
  }

  @Test
  void aReusedConnectionThatEndsBeforeAByteMayHaveEndedBefore() {
    used();
    asked(GET);
    channel.close();
    assertThat(events.failure).contains(new BackendFailure.Broken(true));
  }

  @Test
  void aNewConnectionThatEndsHasFailedTheRequest() {
    asked(GET);
    channel.close();
    assertThat(events.failure).contains(new BackendFailure.Broken(false));
    assertThat(keeper.told).containsExactly("error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1·200·OK$Con", "HTTP/1.1·103·Early·Hints$$"})
  void aConnectionThatEndsAfterAByteOfAResponseWasAlive(String first) {
    used();
    asked(GET);
    answer(first);
    channel.close();
    assertThat(events.failure).contains(new BackendFailure.Broken(false));
  }

  @Test
  void anEvictedConnectionIsClosed() {
    used();
    connection.close(Keeper.Discard.IDLE);
    assertThat(keeper.told).containsExactly("idle");
    assertThat(channel.isActive()).isFalse();
  }

  // cancel

  @Test
  void whoGivesUpHearsNothingMore() {
    BackendStream stream = asked(GET);
    stream.cancel();
    stream.cancel();
    stream.data(bytes("late"));
    stream.end(Fields.NONE);
    stream.more();
    assertThat(keeper.told).containsExactly("error");
    assertThat(channel.isActive()).isFalse();
    assertThat(events.told).isEmpty();
  }

  @Test
  void whoGivesUpWithinTheBodyGetsNoMoreOfIt() {
    BackendStream stream = asked(GET);
    events.onData = stream::cancel;
    answer("HTTP/1.1·200·OK$Transfer-Encoding:·chunked$$2$he$3$llo$0$$");
    assertThat(events.body.toString()).isEqualTo("he");
    assertThat(events.told).containsExactly("response 200");
  }

  // pace

  @Test
  void theHeadIsReadByItselfAndTheBodyAsItIsAskedFor() {
    channel.config().setAutoRead(false);
    BackendStream stream = asked(GET);
    reads.count = 0;
    answer("HTTP/1.1·200·OK$Content-");
    assertThat(reads.count).isPositive();
    answer("Length:·10$$hel");
    reads.count = 0;
    answer("lo");
    assertThat(reads.count).isZero();
    assertThat(events.rounds).isEqualTo(3);
    stream.more();
    assertThat(reads.count).isEqualTo(1);
  }

  @Test
  void tellsWhenTheBackendTakesMore() {
    BackendStream stream = asked(STREAMED);
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    channel.runPendingTasks();
    assertThat(stream.isWritable()).isFalse();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    channel.runPendingTasks();
    assertThat(stream.isWritable()).isTrue();
    assertThat(events.told).containsExactly("writable");
  }

  // WebSocket

  @Test
  void aSwitchHandsTheChannelOver() {
    asked(WEB_SOCKET);
    answer("HTTP/1.1·101·Switching·Protocols$Connection:·Upgrade$Upgrade:·websocket$$frame");
    assertThat(events.told).containsExactly("switched frame");
    assertThat(keeper.told).containsExactly("closed");
    assertThat(channel.pipeline().get(Http1Backend.class)).isNull();
    assertThat(channel.isActive()).isTrue();
  }

  @Test
  void aWebSocketMayBeDeclined() {
    asked(WEB_SOCKET);
    answer("HTTP/1.1·403·Forbidden$Content-Length:·2$$no");
    assertThat(events.told).containsExactly("response 403", "end");
  }
}
