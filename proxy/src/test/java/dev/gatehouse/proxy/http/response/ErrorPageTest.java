package dev.gatehouse.proxy.http.response;

import static dev.gatehouse.proxy.http.Messages.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HttpVersion;
import dev.gatehouse.wire.http.StatusLine;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorPageTest {

  private static final String TODAY = "Thu, 01 Jan 1970 00:00:00 GMT";
  private static final Stamp STAMP = new Stamp(Instant.EPOCH, "X-Request-Id", "0123456789abcdef");

  @Test
  void saysTheStatusAndTheNameOfTheRequestAndNothingElse() {
    ErrorPage page = ErrorPage.of(ErrorStatus.BAD_GATEWAY, STAMP);
    assertThat(page.body()).isEqualTo("502 Bad Gateway\nrequest 0123456789abcdef\n");
    assertThat(page.http1(false))
        .isEqualTo(
            new Head<>(
                new StatusLine(HttpVersion.HTTP_1_1, 502, "Bad Gateway"),
                fields(
                    "Content-Type", "text/plain; charset=utf-8",
                    "Cache-Control", "no-store",
                    "Content-Length", "41",
                    "Date", TODAY,
                    "X-Request-Id", "0123456789abcdef")));
  }

  @ParameterizedTest
  @EnumSource
  void itsLengthIsThatOfItsBody(ErrorStatus status) {
    ErrorPage page = ErrorPage.of(status, STAMP);
    assertThat(page.body()).hasSize(Integer.parseInt(page.fields().only("Content-Length").get()));
    assertThat(page.http1(true).start().status()).isEqualTo(status.code()).isBetween(400, 505);
    assertThat(page.fields().has("Server")).isFalse();
  }

  @Test
  void saysWhetherTheConnectionEnds() {
    ErrorPage page = ErrorPage.of(ErrorStatus.FORBIDDEN, STAMP);
    assertThat(page.http1(true).fields().only("Connection")).contains("close");
    assertThat(page.http1(false).fields().has("Connection")).isFalse();
    assertThat(page.http2().fields().has("connection")).isFalse();
  }

  @Test
  void headGetsTheSameWithoutTheBody() {
    ErrorPage page = ErrorPage.of(ErrorStatus.FORBIDDEN, STAMP);
    assertThat(page.withoutBody().fields()).isEqualTo(page.fields());
    assertThat(page.withoutBody().body()).isEmpty();
  }

  @Test
  void someStatusesSayWhatToDo() {
    assertThat(ErrorPage.of(ErrorStatus.SERVICE_UNAVAILABLE, STAMP).fields().only("Retry-After"))
        .contains("1");
    assertThat(ErrorPage.of(ErrorStatus.METHOD_NOT_ALLOWED, STAMP).fields().only("Allow"))
        .contains("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }

  @Test
  void http2HasTheSame() {
    assertThat(ErrorPage.of(ErrorStatus.NOT_IMPLEMENTED, new Stamp(Instant.EPOCH, "", "x")).http2())
        .isEqualTo(
            new Http2Response(
                501,
                fields(
                    "Content-Type", "text/plain; charset=utf-8",
                    "Cache-Control", "no-store",
                    "Content-Length", "30",
                    "Date", TODAY)));
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, 13",
    "FORBIDDEN, 7",
    "BAD_GATEWAY, 14",
    "SERVICE_UNAVAILABLE, 14",
    "GATEWAY_TIMEOUT, 14",
    "MISDIRECTED_REQUEST, 2",
  })
  void gRpcGetsOneBlockWithItsOwnStatus(ErrorStatus status, String grpcStatus) {
    ErrorPage page = ErrorPage.grpc(status, STAMP);
    assertThat(page.body()).isEmpty();
    assertThat(page.http2().status()).isEqualTo(status.code());
    assertThat(page.http2().fields().only("content-type")).contains("application/grpc");
    assertThat(page.http2().fields().only("grpc-status")).contains(grpcStatus);
    assertThat(page.http2().fields().only("grpc-message")).contains(status.reason());
    assertThat(page.http2().fields().has("content-length")).isFalse();
  }
}
