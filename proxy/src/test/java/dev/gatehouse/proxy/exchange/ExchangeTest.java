package dev.gatehouse.proxy.exchange;

import static dev.gatehouse.proxy.exchange.ExchangeWorld.bytes;
import static dev.gatehouse.proxy.exchange.ExchangeWorld.response;
import static dev.gatehouse.proxy.http.Messages.fields;
import static dev.gatehouse.proxy.http.Messages.http2Request;
import static dev.gatehouse.proxy.http.Messages.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.splice.SpliceRelay.Side;
import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.proxy.upstream.http.BackendFailure;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakGuard.class)
class ExchangeTest {

  private static final Request GET = request("GET·/·HTTP/1.1$Host:·a.example$$");
  private static final Request PUT_5 =
      request("PUT·/·HTTP/1.1$Host:·a.example$Content-Length:·5$$");
  private static final Request STREAMED =
      request("POST·/·HTTP/1.1$Host:·a.example$Transfer-Encoding:·chunked$$");

  private final ExchangeWorld world = new ExchangeWorld();
  private final FakeClient client = new FakeClient(world.channel);
  private final FakeBackend backend = world.backend();
  private final List<Exchange> ended = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private Exchange begun(Request request, long maxBody) {
    Exchange exchange =
        new Exchange(world.shared, world.context(request, maxBody), client, ended::add);
    exchange.begin();
    return exchange;
  }

  private Exchange begun(Request request) {
    return begun(request, 0);
  }

  /** Without a body, and with its backend. */
  private Exchange asked() {
    Exchange exchange = begun(GET);
    exchange.bodyless();
    exchange.opened(backend);
    backend.told.clear();
    return exchange;
  }

  /** With its backend, before the body. */
  private Exchange uploading(Request request) {
    Exchange exchange = begun(request);
    exchange.opened(backend);
    backend.told.clear();
    client.told.clear();
    return exchange;
  }

  @Test
  void aRequestWithoutABodyLeavesWithItsHead() {
    Exchange exchange = begun(GET);
    exchange.bodyless();
    exchange.opened(backend);
    assertThat(backend.told).containsExactly("begin GET ended", "flush");
    assertThat(client.told).isEmpty();
    assertThat(ended).isEmpty();
  }

  @Test
  void whatCameBeforeTheConnectionIsSentOnIt() {
    Exchange exchange = begun(PUT_5);
    exchange.body(bytes("abc"));
    exchange.body(bytes("de"));
    exchange.bodyEnd(Fields.NONE);
    exchange.opened(backend);
    assertThat(backend.told).containsExactly("begin PUT", "data 3", "data 2", "end 0", "flush");
    assertThat(backend.body.toString()).isEqualTo("abcde");
    exchange.clientGone();
  }

  @Test
  void aTrailerOfNoBodyIsStillATrailer() {
    Exchange exchange = begun(STREAMED);
    exchange.bodyEnd(fields("x", "y"));
    exchange.opened(backend);
    assertThat(backend.told).containsExactly("begin POST", "end 1", "flush");
  }

  @Test
  void anEmptyStreamEndsWithItsHead() {
    Exchange exchange = begun(STREAMED);
    exchange.bodyEnd(Fields.NONE);
    exchange.opened(backend);
    assertThat(backend.told).containsExactly("begin POST ended", "flush");
  }

  @Test
  void aBodyFlowsAsItComes() {
    Exchange exchange = begun(STREAMED);
    exchange.opened(backend);
    assertThat(client.told).as("asked for a body").containsExactly("more");
    exchange.body(bytes("ab"));
    exchange.clientReadComplete();
    exchange.body(bytes("c"));
    exchange.bodyEnd(fields("x", "y"));
    exchange.clientReadComplete();
    assertThat(backend.told)
        .containsExactly("begin POST", "flush", "data 2", "flush", "data 1", "end 1", "flush");
    assertThat(client.told).as("and not after its end").containsExactly("more", "more");
    exchange.clientGone();
  }

  @Test
  void theClientIsReadOnlyAsTheBackendTakes() {
    Exchange exchange = uploading(STREAMED);
    backend.writable = false;
    exchange.body(bytes("ab"));
    exchange.clientReadComplete();
    assertThat(client.told).isEmpty();
    backend.writable = true;
    exchange.writable();
    assertThat(client.told).containsExactly("more");
    exchange.clientGone();
  }

  @Test
  void theBackendIsReadOnlyAsTheClientTakes() {
    Exchange exchange = asked();
    exchange.response(response(200), false);
    client.writable = false;
    exchange.readComplete();
    assertThat(backend.told).isEmpty();
    client.writable = true;
    exchange.clientWritable();
    assertThat(backend.told).containsExactly("more");
  }

  @Test
  void theHeadOfAResponseIsReadWhateverTheClientTakes() {
    Exchange exchange = asked();
    client.writable = false;
    exchange.readComplete();
    assertThat(backend.told).containsExactly("more");
  }

  @Test
  void aResponseFlowsAsItComes() {
    Exchange exchange = asked();
    exchange.interim(new Interim(103, Fields.NONE));
    exchange.response(response(200), false);
    exchange.data(bytes("hello"));
    exchange.readComplete();
    exchange.end(fields("x", "y"));
    assertThat(client.told)
        .containsExactly("interim 103", "respond 200", "data hello", "flush", "end 1");
    assertThat(ended).containsExactly(exchange);
    assertThat(world.count(Metric.PROXY_RESPONSES, "front", "a.example", "200", "backend")).isOne();
    assertThat(world.route.traffic().received(Side.BACKEND)).isEqualTo(5);
  }

  @Test
  void aResponseMayEndWithItsHead() {
    Exchange exchange = asked();
    exchange.response(response(204), true);
    assertThat(client.told).containsExactly("respond 204 ended");
    assertThat(ended).containsExactly(exchange);
  }

  @Test
  void anEarlyResponseStopsTheUpload() {
    Exchange exchange = uploading(STREAMED);
    exchange.body(bytes("ab"));
    exchange.response(response(403), true);
    assertThat(client.told).containsExactly("respond 403 ended", "stop");
    assertThat(backend.told).containsExactly("data 2", "cancel");
    exchange.body(bytes("late"));
    exchange.bodyEnd(Fields.NONE);
    exchange.clientReadComplete();
    exchange.clientWritable();
    exchange.writable();
    exchange.readComplete();
    assertThat(backend.told).as("nothing more").containsExactly("data 2", "cancel");
    assertThat(client.told).doesNotContain("more");
    assertThat(ended).containsExactly(exchange);
  }

  @Test
  void anEarlyResponseWithABodyLetsTheUploadGoOn() {
    Exchange exchange = uploading(STREAMED);
    exchange.response(response(200), false);
    exchange.body(bytes("ab"));
    exchange.bodyEnd(Fields.NONE);
    exchange.end(Fields.NONE);
    assertThat(backend.told).containsExactly("data 2", "end 0", "cancel");
    assertThat(client.told).containsExactly("respond 200", "end 0");
  }

  // bodies

  @Test
  void aHeadThatPromisesTooMuchIsRefusedBeforeAnyBackendIsAsked() {
    Exchange exchange = begun(PUT_5, 4);
    assertThat(client.told).containsExactly("answer 413");
    assertThat(ended).containsExactly(exchange);
    assertThat(world.count(Metric.PROXY_REQUESTS_REFUSED, "front", "body_size")).isOne();
    exchange.body(bytes("late"));
  }

  @Test
  void aBodyThatGrowsTooLargeIsRefused() {
    Exchange exchange = begun(STREAMED, 4);
    exchange.opened(backend);
    exchange.body(bytes("abcd"));
    assertThat(client.told).containsExactly("more");
    exchange.body(bytes("e"));
    assertThat(client.told).containsExactly("more", "answer 413");
    assertThat(backend.told).endsWith("data 4", "cancel");
  }

  @Test
  void aBodyThatGrowsTooLargeCutsAResponseThatHasBegun() {
    Exchange exchange = begun(STREAMED, 4);
    exchange.opened(backend);
    exchange.response(response(200), false);
    exchange.body(bytes("abcde"));
    assertThat(client.told).containsExactly("more", "respond 200", "truncate");
  }

  @Test
  void moreThanTheHeadPromisedIsRefused() {
    Exchange exchange = uploading(PUT_5);
    exchange.body(bytes("abcdef"));
    assertThat(client.told).containsExactly("answer 400");
    assertThat(backend.told).containsExactly("cancel");
    assertThat(world.count(Metric.PROXY_REQUESTS_REFUSED, "front", "framing")).isOne();
  }

  @Test
  void lessThanTheHeadPromisedNeverLooksWhole() {
    Exchange exchange = uploading(PUT_5);
    exchange.body(bytes("abcd"));
    exchange.bodyEnd(Fields.NONE);
    assertThat(client.told).containsExactly("answer 400");
    assertThat(backend.told).containsExactly("data 4", "cancel");
  }

  @Test
  void bytesAfterTheEndOfTheBodyGoNowhere() {
    Exchange exchange = asked();
    exchange.body(bytes("late"));
    exchange.bodyEnd(Fields.NONE);
    assertThat(backend.told).isEmpty();
    assertThat(client.told).isEmpty();
  }

  // failures

  @ParameterizedTest
  @CsvSource({
    "refused, 502",
    "dns, 502",
    "certificate, 502",
    "timeout, 504",
    "backend_full, 503",
    "backend_closed, 502",
    "backend_reset, 502",
    "bad_response_framing, 502",
  })
  void everyFailureHasItsStatus(String failure, int status) {
    Exchange exchange = begun(GET);
    exchange.bodyless();
    exchange.failed(Failures.named(failure));
    assertThat(client.told).containsExactly("answer " + status);
    assertThat(ended).containsExactly(exchange);
    assertThat(
            world.count(
                Metric.PROXY_RESPONSES, "front", "a.example", Integer.toString(status), "proxy"))
        .isOne();
  }

  @ParameterizedTest
  @CsvSource({"refused, 502, 14", "timeout, 504, 14", "backend_full, 503, 14"})
  void callsOfGrpcAreToldInTheirOwnWords(String failure, int status, String grpcStatus) {
    Exchange exchange = begun(http2Request("POST", false, "content-type", "application/grpc"));
    exchange.failed(Failures.named(failure));
    Fields told = client.page.orElseThrow().fields();
    assertThat(client.told).containsExactly("answer " + status);
    assertThat(told.only("grpc-status")).contains(grpcStatus);
    assertThat(told.only("X-Request-Id")).contains("id");
    assertThat(client.page.orElseThrow().body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "11, 8", "2, 13"})
  void aBackendOfGrpcHasTheWordForWhatWentWrong(long code, String grpcStatus) {
    Exchange exchange = begun(http2Request("POST", false, "content-type", "application/grpc"));
    exchange.failed(new BackendFailure.Reset(code));
    assertThat(client.told).containsExactly("answer 502");
    assertThat(client.page.orElseThrow().fields().only("grpc-status")).contains(grpcStatus);
  }

  @Test
  void aCallThatABackendBreaksOffEndsWithItsCode() {
    Exchange exchange = begun(http2Request("POST", false, "content-type", "application/grpc"));
    exchange.response(response(200), false);
    exchange.failed(new BackendFailure.Reset(11));
    assertThat(client.told).containsExactly("respond 200", "reset 11");
    assertThat(ended).containsExactly(exchange);
  }

  @Test
  void anyOtherResponseThatIsResetIsCutByOurOwnWord() {
    Exchange exchange = asked();
    exchange.response(response(200), false);
    exchange.failed(new BackendFailure.Reset(11));
    assertThat(client.told).containsExactly("respond 200", "truncate");
  }

  @Test
  void aPageNamesTheRequestAndNoCause() {
    asked().failed(new BackendFailure.Reset(2));
    assertThat(client.page.orElseThrow().body()).isEqualTo("502 Bad Gateway\nrequest id\n");
  }

  @Test
  void aResponseThatBreaksOffIsCutVisibly() {
    Exchange exchange = asked();
    exchange.response(response(200), false);
    exchange.data(bytes("ab"));
    exchange.failed(new BackendFailure.Broken(false));
    assertThat(client.told).containsExactly("respond 200", "data ab", "truncate");
    assertThat(ended).containsExactly(exchange);
  }

  @Test
  void aRefusalAfterTheEndIsNone() {
    Exchange exchange = asked();
    exchange.response(response(200), true);
    exchange.refuse(ErrorStatus.BAD_REQUEST, RefusalReason.FRAMING);
    assertThat(client.told).containsExactly("respond 200 ended");
    assertThat(world.count(Metric.PROXY_REQUESTS_REFUSED, "front", "framing")).isZero();
  }

  // retries

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
  void whatMayBeRepeatedIsSentAgainWhenAnOldConnectionBreaks(String method) {
    Exchange exchange = begun(request(method + "·/·HTTP/1.1$Host:·a.example$$"));
    exchange.bodyless();
    exchange.opened(backend);
    exchange.failed(new BackendFailure.Broken(true));
    assertThat(client.told).isEmpty();
    assertThat(retries("stale_connection")).isOne();
    FakeBackend second = world.backend();
    exchange.opened(second);
    assertThat(second.told).containsExactly("begin " + method + " ended", "flush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "LOCK"})
  void whatMayNotBeRepeatedIsNot(String method) {
    Exchange exchange = begun(request(method + "·/·HTTP/1.1$Host:·a.example$$"));
    exchange.bodyless();
    exchange.opened(backend);
    exchange.failed(new BackendFailure.Broken(true));
    assertThat(client.told).containsExactly("answer 502");
  }

  @Test
  void aNewConnectionThatBreaksIsNoReasonToAskAgain() {
    asked().failed(new BackendFailure.Broken(false));
    assertThat(client.told).containsExactly("answer 502");
    assertThat(retries("stale_connection")).isZero();
  }

  @Test
  void aRequestIsRepeatedOnce() {
    Exchange exchange = asked();
    exchange.failed(new BackendFailure.Broken(true));
    exchange.opened(world.backend());
    exchange.failed(new BackendFailure.Broken(true));
    assertThat(client.told).containsExactly("answer 502");
    assertThat(retries("stale_connection")).isOne();
  }

  @Test
  void aHeldBodyIsRepeatedWithItsRequest() {
    Exchange exchange = uploading(PUT_5);
    exchange.body(bytes("abc"));
    exchange.failed(new BackendFailure.Broken(true));
    FakeBackend second = world.backend();
    exchange.opened(second);
    exchange.body(bytes("de"));
    exchange.bodyEnd(Fields.NONE);
    assertThat(second.body.toString()).isEqualTo("abcde");
    assertThat(second.told).containsExactly("begin PUT", "data 3", "flush", "data 2", "end 0");
    exchange.clientGone();
  }

  @ParameterizedTest
  @CsvSource({"65536, true", "65537, false"})
  void aBodyIsHeldUpToItsLimit(int length, boolean again) {
    Exchange exchange =
        uploading(request("PUT·/·HTTP/1.1$Host:·a.example$Transfer-Encoding:·chunked$$"));
    exchange.body(bytes(length));
    exchange.failed(new BackendFailure.Broken(true));
    assertThat(retries("stale_connection")).isEqualTo(again ? 1 : 0);
    assertThat(client.told.contains("answer 502")).isEqualTo(!again);
    exchange.clientGone();
  }

  @Test
  void aBodyLargerThanTheLimitIsNotRepeatedWhereverItWasHeld() {
    Exchange exchange =
        begun(request("PUT·/·HTTP/1.1$Host:·a.example$Transfer-Encoding:·chunked$$"));
    exchange.body(bytes(65_537));
    backend.onBegin = () -> exchange.failed(new BackendFailure.Broken(true));
    exchange.opened(backend);
    assertThat(client.told).startsWith("answer 502");
    assertThat(retries("stale_connection")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"refused_stream, refused_stream", "goaway, goaway", "backend_protocol, protocol"})
  void whatWasNotLookedAtIsSentAgainWhateverItIs(String failure, String reason) {
    Exchange exchange = uploading(STREAMED);
    exchange.body(bytes("abc"));
    exchange.failed(Failures.named(failure));
    FakeBackend second = world.backend();
    exchange.opened(second);
    assertThat(second.body.toString()).isEqualTo("abc");
    assertThat(retries(reason)).isOne();
    exchange.clientGone();
  }

  @Test
  void aBackendThatSpeaksHttp1AloneIsNothingForGrpc() {
    Exchange exchange = begun(http2Request("POST", false, "content-type", "application/grpc"));
    exchange.failed(new BackendFailure.OtherProtocol());
    assertThat(client.told).containsExactly("answer 502");
    assertThat(retries("protocol")).isZero();
  }

  @Test
  void nothingIsRepeatedAfterAByteOfAResponse() {
    Exchange exchange = asked();
    exchange.response(response(200), false);
    exchange.failed(new BackendFailure.Broken(true));
    assertThat(client.told).containsExactly("respond 200", "truncate");
    assertThat(retries("stale_connection")).isZero();
  }

  @Test
  void nothingIsRepeatedAfterNews() {
    Exchange exchange = asked();
    exchange.interim(new Interim(103, Fields.NONE));
    exchange.failed(new BackendFailure.Broken(true));
    assertThat(client.told).containsExactly("interim 103", "answer 502");
    assertThat(retries("stale_connection")).isZero();
  }

  private long retries(String reason) {
    return world.count(Metric.PROXY_RETRIES, "front", "a.example", reason);
  }

  // a client that leaves

  @Test
  void aClientThatLeavesBeforeThereIsAConnectionIsForgotten() {
    Exchange exchange = begun(PUT_5);
    exchange.body(bytes("abc"));
    exchange.clientGone();
    exchange.clientGone();
    assertThat(client.told).isEmpty();
    assertThat(ended).containsExactly(exchange);
  }

  @Test
  void aClientThatLeavesEndsTheBackendsWork() {
    Exchange exchange = uploading(PUT_5);
    exchange.body(bytes("abc"));
    exchange.clientGone();
    assertThat(backend.told).containsExactly("data 3", "cancel");
    assertThat(ended).containsExactly(exchange);
  }

  @Test
  void aClientThatLeavesDuringItsResponseIsToldNothingMore() {
    Exchange exchange = asked();
    exchange.response(response(200), false);
    exchange.clientGone();
    exchange.failed(new BackendFailure.Broken(false));
    assertThat(client.told).containsExactly("respond 200");
    assertThat(backend.told).containsExactly("cancel");
    assertThat(ended).containsExactly(exchange);
  }

  @Test
  void aClientThatLeavesAfterTheEndChangesNothing() {
    Exchange exchange = asked();
    exchange.response(response(200), true);
    backend.told.clear();
    exchange.clientGone();
    assertThat(backend.told).isEmpty();
    assertThat(ended).containsExactly(exchange);
  }

  // WebSocket

  @Test
  void aSwitchMakesATunnelThatEndsTheExchange() {
    Exchange exchange = asked();
    EmbeddedChannel socket = new EmbeddedChannel();
    exchange.switched(new Switching(Fields.NONE), socket, bytes("first"));
    assertThat(client.told).containsExactly("switch");
    ByteBuf out = world.channel.readOutbound();
    assertThat(out.toString(ISO_8859_1)).isEqualTo("first");
    out.release();
    assertThat(ended).isEmpty();
    socket.close();
    assertThat(ended).containsExactly(exchange);
    assertThat(backend.told).as("its connection is the tunnel's").isEmpty();
    assertThat(world.count(Metric.PROXY_RESPONSES, "front", "a.example", "101", "backend")).isOne();
    socket.finishAndReleaseAll();
  }

  // time

  @Test
  void aBackendThatDoesNotAnswerIsGivenUp() {
    asked();
    world.pass(59);
    assertThat(client.told).isEmpty();
    world.pass(1);
    assertThat(client.told).containsExactly("answer 504");
    assertThat(backend.told).containsExactly("cancel");
    assertThat(ended).hasSize(1);
  }

  @Test
  void theTimeForAnAnswerBeginsWhenTheRequestIsSent() {
    Exchange exchange = begun(GET);
    exchange.bodyless();
    world.pass(40);
    exchange.opened(backend);
    world.pass(59);
    assertThat(client.told).isEmpty();
    world.pass(1);
    assertThat(client.told).containsExactly("answer 504");
  }

  @Test
  void newsFromTheBackendBuyTime() {
    Exchange exchange = asked();
    world.pass(50);
    exchange.interim(new Interim(102, Fields.NONE));
    world.pass(59);
    assertThat(client.told).containsExactly("interim 102");
    world.pass(1);
    assertThat(client.told).containsExactly("interim 102", "answer 504");
  }

  @Test
  void aClientThatStopsSendingIsGivenUp() {
    Exchange exchange = uploading(STREAMED);
    exchange.body(bytes(100_000));
    world.pass(1);
    world.pass(29);
    assertThat(client.told).isEmpty();
    world.pass(1);
    assertThat(client.told).containsExactly("answer 408");
    assertThat(world.count(Metric.PROXY_REQUESTS_REFUSED, "front", "body_timeout")).isOne();
  }

  @Test
  void aBackendThatTakesNothingIsGivenUp() {
    Exchange exchange = uploading(STREAMED);
    exchange.body(bytes(100_000));
    backend.writable = false;
    world.pass(1);
    world.pass(19);
    assertThat(client.told).isEmpty();
    world.pass(1);
    assertThat(client.told).containsExactly("answer 502");
  }

  @Test
  void aResponseThatStopsIsCut() {
    Exchange exchange = asked();
    exchange.response(response(200), false);
    world.pass(39);
    assertThat(client.told).containsExactly("respond 200");
    world.pass(1);
    assertThat(client.told).containsExactly("respond 200", "truncate");
  }

  @Test
  void nothingIsWatchedAfterTheEnd() {
    Exchange exchange = asked();
    exchange.response(response(200), true);
    world.pass(1);
    assertThat(world.channel.runScheduledPendingTasks())
        .as("only the dial's own timer is left")
        .isPositive();
    world.pass(100);
    assertThat(client.told).containsExactly("respond 200 ended");
  }
}
