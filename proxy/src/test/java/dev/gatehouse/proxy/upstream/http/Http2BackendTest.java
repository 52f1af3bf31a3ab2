package dev.gatehouse.proxy.upstream.http;

import static dev.gatehouse.proxy.http.Messages.fields;
import static dev.gatehouse.proxy.http.Messages.http2Request;
import static dev.gatehouse.proxy.upstream.http.Conversations.bytes;
import static dev.gatehouse.proxy.upstream.http.Conversations.toBackend;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.Backends;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.wire.http.Fields;
import io.netty.channel.CoalescingBufferQueue;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakGuard.class)
class Http2BackendTest {

  private static final Request GET = http2Request("GET", true);
  private static final Request POST = http2Request("POST", false);
  private static final long NO_ERROR = 0;
  private static final long PROTOCOL_ERROR = 1;
  private static final long INTERNAL_ERROR = 2;
  private static final long REFUSED_STREAM = 7;
  private static final long CANCEL = 8;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Http2Peer peer = new Http2Peer(channel);
  private final RecordedKeeper keeper = new RecordedKeeper();
  private final RecordedEvents events = new RecordedEvents();
  private final Backend backend = Backends.named("one");
  private BackendConnection connection;

  @BeforeEach
  void begin() throws Http2Exception {
    connection = Http2Backend.install(channel, backend, keeper, false);
    peer.settings(new Http2Settings().maxConcurrentStreams(10));
    assertThat(peer.heard()).contains("PRI *", "settings false 262144", "window 0 983041");
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    peer.close();
  }

  private BackendStream asked(Request request) {
    return asked(request, events);
  }

  private BackendStream asked(Request request, RecordedEvents told) {
    BackendStream stream = connection.open(request, told);
    stream.begin(toBackend(request), request.method().equals("GET"));
    stream.flush();
    return stream;
  }

  /** One exchange that went well. */
  private void used() throws Http2Exception {
    asked(GET, new RecordedEvents());
    peer.headers(3, true, ":status", "204");
    keeper.told.clear();
    peer.heard();
  }

  // requests

  @Test
  void aRequestWithoutABodyIsOneFrame() throws Http2Exception {
    BackendStream stream = asked(GET);
    assertThat(peer.heard()).containsExactly("headers 3 GET http ended");
    assertThat(stream.backend()).isSameAs(backend);
    assertThat(stream.isReused()).isFalse();
  }

  @Test
  void withinTlsTheSchemeSaysSo() throws Http2Exception {
    EmbeddedChannel secured = new EmbeddedChannel();
    Http2Peer other = new Http2Peer(secured);
    BackendStream stream = Http2Backend.install(secured, backend, keeper, true).open(GET, events);
    stream.begin(toBackend(GET), true);
    stream.flush();
    assertThat(other.heard()).contains("headers 3 GET https ended");
    secured.finishAndReleaseAll();
    other.close();
  }

  @Test
  void aBodyFollowsItsHeadAndATrailerTheBody() throws Http2Exception {
    BackendStream stream = asked(POST);
    stream.data(bytes("hello"));
    stream.end(fields("sum", "1"));
    stream.flush();
    assertThat(peer.heard())
        .containsExactly("headers 3 POST http", "data 3 5", "headers 3 trailer ended");
  }

  @Test
  void aBodyWithoutATrailerEndsWithAFlag() throws Http2Exception {
    BackendStream stream = asked(POST);
    stream.data(bytes("hello"));
    stream.end(Fields.NONE);
    stream.flush();
    assertThat(peer.heard()).startsWith("headers 3 POST http").last().asString().endsWith("ended");
  }

  @Test
  void aBackendsWindowHoldsTheBodyBack() throws Http2Exception {
    BackendStream stream = asked(POST);
    stream.data(bytes("x".repeat(100_000)));
    stream.flush();
    assertThat(stream.isWritable()).isFalse();
    assertThat(
            peer.heard().stream()
                .filter(frame -> frame.startsWith("data 3 "))
                .mapToInt(frame -> Integer.parseInt(frame.substring("data 3 ".length())))
                .sum())
        .as("bytes that the first window lets pass")
        .isEqualTo(65_535);
    peer.windowUpdate(0, 100_000);
    peer.windowUpdate(3, 100_000);
    assertThat(stream.isWritable()).isTrue();
    assertThat(events.told).containsExactly("writable");
    stream.cancel();
  }

  @Test
  void whatTlsHoldsForAMomentDoesNotHoldABodyBackForEver() {
    BackendStream stream = asked(POST);
    var tls = new CoalescingBufferQueue(channel, 1, true);
    tls.add(bytes("x".repeat(100_000)));
    assertThat(stream.isWritable()).isFalse();
    tls.releaseAndFailAll(channel, new IOException("taken"));
    channel.runPendingTasks();
    assertThat(events.told).contains("writable");
    stream.cancel();
  }

  // responses

  @Test
  void aResponseComesWithItsBodyAndItsTrailer() {
    asked(GET);
    peer.headers(3, false, ":status", "200", "x", "y");
    peer.data(3, "hel", false);
    peer.data(3, "lo", false);
    peer.headers(3, true, "sum", "1");
    assertThat(events.told).containsExactly("response 200", "end");
    assertThat(events.body.toString()).isEqualTo("hello");
    assertThat(events.trailer).isEqualTo(fields("sum", "1"));
    assertThat(keeper.told).containsExactly("idle");
    assertThat(events.rounds).isPositive();
  }

  @Test
  void aResponseMayEndWithItsLastBytes() {
    asked(GET);
    peer.headers(3, false, ":status", "200");
    peer.data(3, "hello", true);
    assertThat(events.told).containsExactly("response 200", "end");
    assertThat(events.trailer).isEqualTo(Fields.NONE);
  }

  @Test
  void aResponseMayBeItsHeadAlone() {
    asked(GET);
    peer.headers(3, true, ":status", "200", "grpc-status", "12");
    assertThat(events.told).containsExactly("response 200 ended");
    assertThat(events.response.orElseThrow().fields()).isEqualTo(fields("grpc-status", "12"));
    assertThat(keeper.told).containsExactly("idle");
  }

  @Test
  void newsComeBeforeTheResponse() {
    asked(GET);
    peer.headers(3, false, ":status", "103");
    peer.headers(3, true, ":status", "200");
    assertThat(events.told).containsExactly("interim 103", "response 200 ended");
  }

  @Test
  void aResponseBeforeTheEndOfItsRequestStopsTheUpload() throws Http2Exception {
    BackendStream stream = asked(POST);
    peer.heard();
    peer.headers(3, true, ":status", "403");
    assertThat(events.told).containsExactly("response 403 ended");
    assertThat(peer.heard()).containsExactly("reset 3 " + NO_ERROR);
    assertThat(keeper.told).containsExactly("idle");
    stream.data(bytes("late"));
    stream.end(Fields.NONE);
    stream.cancel();
    assertThat(keeper.told).containsExactly("idle");
    assertThat(connection.isIdle()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    ":status, 20x, bad_response_malformed",
    ":status, 101, bad_response_upgrade",
    "x, y, bad_response_malformed",
  })
  void aBlockThatIsNoResponseIsNotForwarded(String name, String value, String failure)
      throws Http2Exception {
    asked(GET);
    peer.heard();
    peer.headers(3, false, name, value);
    assertThat(events.told).containsExactly(failure);
    assertThat(peer.heard()).containsExactly("reset 3 " + PROTOCOL_ERROR);
    assertThat(connection.isIdle()).isTrue();
    assertThat(connection.isFree()).isTrue();
  }

  @Test
  void aBlockThatIsTooLargeIsNotForwarded() {
    asked(GET);
    String[] many = new String[602];
    many[0] = ":status";
    many[1] = "200";
    for (int i = 2; i < many.length; i += 2) {
      many[i] = "x" + i;
      many[i + 1] = "y";
    }
    peer.headers(3, false, many);
    assertThat(events.told).containsExactly("bad_response_too_large");
  }

  @Test
  void aSecondHeadIsNoTrailer() {
    asked(GET);
    peer.headers(3, false, ":status", "200");
    peer.headers(3, true, ":status", "200");
    assertThat(events.told).startsWith("response 200").hasSize(2).doesNotContain("end");
    assertThat(connection.isIdle()).isTrue();
  }

  @Test
  void aBodyWithoutAHeadIsNoResponse() throws Http2Exception {
    used();
    asked(GET);
    peer.data(5, "hello", true);
    assertThat(events.told).containsExactly("bad_response_malformed");
    assertThat(events.body.toString()).isEmpty();
  }

  // windows

  @Test
  void aWindowOpensAsTheClientTakes() throws Http2Exception {
    BackendStream stream = asked(GET);
    peer.headers(3, false, ":status", "200");
    peer.heard();
    for (int i = 0; i < 10; i++) {
      peer.data(3, "x".repeat(16_000), false);
    }
    assertThat(peer.heard()).as("nobody has taken it").isEmpty();
    stream.more();
    assertThat(peer.heard()).contains("window 3 160000");
    stream.cancel();
  }

  @Test
  void whatNobodyTookIsGivenBackToTheConnection() throws Http2Exception {
    BackendStream stream = asked(GET);
    peer.headers(3, false, ":status", "200");
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 10; i++) {
        peer.data(3, "x".repeat(16_000), false);
      }
      stream.more();
    }
    peer.data(3, "x".repeat(16_000), false);
    peer.heard();
    stream.cancel();
    assertThat(peer.heard()).contains("reset 3 " + CANCEL);
    assertThat(channel.isActive()).isTrue();
  }

  // ends

  @ParameterizedTest
  @CsvSource({"7, refused_stream", "2, backend_reset", "8, backend_reset"})
  void aResetFailsTheExchange(long code, String failure) {
    asked(GET);
    peer.reset(3, code);
    assertThat(events.told).containsExactly(failure);
    assertThat(keeper.told).containsExactly("idle");
  }

  @Test
  void aRefusalAfterAResponseHasBegunIsAReset() {
    asked(GET);
    peer.headers(3, false, ":status", "200");
    peer.reset(3, REFUSED_STREAM);
    assertThat(events.failure).contains(new BackendFailure.Reset(REFUSED_STREAM));
  }

  @Test
  void aBackendThatLeavesFinishesWhatItHasBegun() {
    RecordedEvents second = new RecordedEvents();
    asked(GET);
    asked(GET, second);
    peer.goAway(3);
    assertThat(second.told).containsExactly("goaway");
    assertThat(events.told).isEmpty();
    assertThat(connection.isFree()).isFalse();
    peer.headers(3, true, ":status", "200");
    assertThat(events.told).containsExactly("response 200 ended");
    assertThat(keeper.told).containsExactly("closed");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void aBackendThatLeavesAnIdleConnectionIsLeft() throws Http2Exception {
    used();
    peer.goAway(3);
    assertThat(keeper.told).containsExactly("closed");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void aConnectionThatEndsEndsAllExchanges() {
    RecordedEvents second = new RecordedEvents();
    asked(GET);
    asked(GET, second);
    channel.close();
    assertThat(events.failure).contains(new BackendFailure.Broken(false));
    assertThat(second.failure).contains(new BackendFailure.Broken(true));
    assertThat(keeper.told).containsExactly("closed");
  }

  @Test
  void aConnectionThatEndsAfterNewsWasAlive() throws Http2Exception {
    used();
    asked(GET);
    peer.headers(5, false, ":status", "103");
    channel.close();
    assertThat(events.failure).contains(new BackendFailure.Broken(false));
  }

  @Test
  void aConnectionOfNonsenseEndsAllExchanges() {
    asked(GET);
    // DATA on stream 0, RFC 9113 section 6.1
    channel.writeInbound(bytes("\0\0\0\0\0\0\0\0\0"));
    assertThat(events.told).containsExactly("bad_response_malformed");
    assertThat(keeper.told).containsExactly("error");
    assertThat(channel.isActive()).isFalse();
  }

  @Test
  void whoGivesUpHearsNothingMore() throws Http2Exception {
    BackendStream stream = asked(GET);
    peer.heard();
    stream.cancel();
    stream.cancel();
    assertThat(peer.heard()).containsExactly("reset 3 " + CANCEL);
    peer.headers(3, true, ":status", "200");
    assertThat(events.told).isEmpty();
    assertThat(keeper.told).containsExactly("idle");
    assertThat(connection.isIdle()).isTrue();
  }

  @Test
  void givingUpOneLeavesTheOthersAlone() {
    RecordedEvents second = new RecordedEvents();
    BackendStream stream = asked(GET);
    asked(GET, second);
    stream.cancel();
    assertThat(connection.isIdle()).isFalse();
    peer.headers(5, true, ":status", "200");
    assertThat(second.told).containsExactly("response 200 ended");
    assertThat(keeper.told).containsExactly("idle");
  }

  @Test
  void whatWasOpenedAndNeverBegunIsGivenUpSilently() throws Http2Exception {
    connection.open(GET, events).cancel();
    assertThat(peer.heard()).isEmpty();
    assertThat(keeper.told).containsExactly("idle");
  }

  @Test
  void anEvictedConnectionIsClosed() throws Http2Exception {
    used();
    connection.close(Keeper.Discard.IDLE);
    assertThat(keeper.told).containsExactly("idle");
    assertThat(channel.isActive()).isFalse();
    assertThat(connection.isFree()).isFalse();
  }

  // room

  @Test
  void aConnectionIsSharedUntilItIsNearlyFull() {
    List<BackendStream> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      assertThat(connection.isFree()).as("after " + i).isTrue();
      all.add(asked(GET, new RecordedEvents()));
    }
    assertThat(connection.isShared()).isTrue();
    assertThat(connection.isFree()).as("at 90 percent").isFalse();
    all.getFirst().cancel();
    assertThat(connection.isFree()).isTrue();
    assertThat(all.getLast().isReused()).isTrue();
    all.forEach(BackendStream::cancel);
    assertThat(connection.isIdle()).isTrue();
  }

  @Test
  void aBackendThatTakesOneAtATimeIsAskedForOne() {
    peer.settings(new Http2Settings().maxConcurrentStreams(1));
    assertThat(connection.isFree()).isTrue();
    BackendStream only = asked(GET);
    assertThat(connection.isFree()).isFalse();
    only.cancel();
    assertThat(connection.isFree()).isTrue();
  }

  @Test
  void aBackendThatHasNotSpokenIsTakenForAnOrdinaryOne() {
    EmbeddedChannel silent = new EmbeddedChannel();
    BackendConnection fresh = Http2Backend.install(silent, backend, keeper, true);
    for (int i = 0; i < 90; i++) {
      assertThat(fresh.isFree()).isTrue();
      fresh.open(GET, new RecordedEvents());
    }
    assertThat(fresh.isFree()).isFalse();
    silent.finishAndReleaseAll();
  }

  @Test
  void aBackendThatAnswersInHttp1IsRemembered() {
    EmbeddedChannel plain = new EmbeddedChannel();
    BackendConnection fresh = Http2Backend.install(plain, backend, keeper, false);
    BackendStream stream = fresh.open(GET, events);
    stream.begin(toBackend(GET), true);
    stream.flush();
    plain.writeInbound(bytes("HTTP/1.1·400·Bad·Request$$"));
    assertThat(events.told).containsExactly("backend_protocol");
    assertThat(keeper.told).containsExactly("http/1", "error");
    assertThat(plain.isActive()).isFalse();
    plain.finishAndReleaseAll();
  }

  @Test
  void aResponseThatBreaksOffIsNotWhole() {
    asked(GET);
    peer.headers(3, false, ":status", "200");
    peer.data(3, "hel", false);
    peer.reset(3, INTERNAL_ERROR);
    assertThat(events.told).containsExactly("response 200", "backend_reset");
    assertThat(events.body.toString()).isEqualTo("hel");
  }
}
