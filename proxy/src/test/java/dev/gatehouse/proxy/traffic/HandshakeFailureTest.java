package dev.gatehouse.proxy.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeFailureTest {

  @ParameterizedTest
  @CsvSource({
    "Client requested protocol TLSv1.1 is not enabled or supported in server context, OTHER",
    "error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL, PROTOCOL_VERSION",
    "The client supported protocol versions [TLSv1.2] are not accepted, PROTOCOL_VERSION",
    "error:100000b8:SSL routines:OPENSSL_internal:NO_SHARED_CIPHER, NO_SHARED_CIPHER",
    "no cipher suites in common, NO_SHARED_CIPHER",
    "error:10000416:SSL routines:OPENSSL_internal:SSLV3_ALERT_CERTIFICATE_UNKNOWN, CLIENT_ALERT",
    "Received fatal alert: unknown_ca, CLIENT_ALERT",
    "something else, OTHER",
  })
  void theWordsOfTheEnginesAreUnderstood(String words, HandshakeFailure cause) {
    assertThat(HandshakeFailure.of(new SSLHandshakeException(words))).isEqualTo(cause);
  }

  @Test
  void aTimeoutIsOneHoweverDeepItIs() {
    assertThat(HandshakeFailure.of(new SslHandshakeTimeoutException("10000ms")))
        .isEqualTo(HandshakeFailure.TIMEOUT);
    assertThat(
            HandshakeFailure.of(
                new IllegalStateException(new SslHandshakeTimeoutException("10000ms"))))
        .isEqualTo(HandshakeFailure.TIMEOUT);
  }

  @Test
  void aClientThatGoesIsAnEnd() {
    SSLException closed = new SSLException("closed");
    closed.initCause(new ClosedChannelException());
    assertThat(HandshakeFailure.of(closed)).isEqualTo(HandshakeFailure.EOF);
    assertThat(HandshakeFailure.of(new IOException("Connection reset")))
        .isEqualTo(HandshakeFailure.EOF);
  }

  @Test
  void causesThatGoInACircleAreFollowedForAWhileOnly() {
    SSLException one = new SSLException("one");
    SSLException other = new SSLException("other", one);
    one.initCause(other);
    assertThat(HandshakeFailure.of(one)).isEqualTo(HandshakeFailure.OTHER);
  }

  @Test
  void anExceptionWithoutWordsIsAnother() {
    assertThat(HandshakeFailure.of(new SSLException((String) null)))
        .isEqualTo(HandshakeFailure.OTHER);
  }

  @Test
  void theWordsInMetricsAreThoseOfTheDocument() {
    assertThat(Arrays.stream(HandshakeFailure.values()).map(HandshakeFailure::label))
        .containsExactlyInAnyOrder(
            "timeout",
            "protocol_version",
            "no_shared_cipher",
            "no_application_protocol",
            "client_alert",
            "name_changed",
            "eof",
            "other");
  }
}
