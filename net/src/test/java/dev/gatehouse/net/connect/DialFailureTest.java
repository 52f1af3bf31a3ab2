package dev.gatehouse.net.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.ChannelException;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateExpiredException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DialFailureTest {

  private static final String SOCKET = "newSocketStream(..) failed with error(-24): ";
  private static final String CONNECT = "connect(..) failed with error(-99): ";

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new UnknownHostException("git.internal"), DialFailure.DNS),
        arguments(new ConnectException("Connection refused"), DialFailure.REFUSED),
        arguments(
            new ConnectException("finishConnect(..) failed with error(-111):Connection refused"),
            DialFailure.REFUSED),
        arguments(new NoRouteToHostException(), DialFailure.UNREACHABLE),
        arguments(new ConnectException("Network is unreachable"), DialFailure.UNREACHABLE),
        arguments(new ConnectException("Connection timed out"), DialFailure.TIMEOUT),
        arguments(
            new ConnectTimeoutException("connection timed out after 5 ms"), DialFailure.TIMEOUT),
        arguments(new SocketException("Connection reset"), DialFailure.RESET),
        arguments(new ClosedChannelException(), DialFailure.RESET),
        arguments(
            new ChannelException(new IOException(SOCKET + "Too many open files")),
            DialFailure.FD_LIMIT),
        arguments(
            new ChannelException(new IOException(SOCKET + "Too many open files in system")),
            DialFailure.FD_LIMIT),
        arguments(
            new ConnectException(CONNECT + "Cannot assign requested address"), DialFailure.OTHER),
        arguments(new ConnectException("Operation not permitted"), DialFailure.OTHER),
        arguments(new SSLException("not an SSL/TLS record"), DialFailure.TLS),
        arguments(new SSLException("Connection reset"), DialFailure.RESET),
        arguments(
            new SSLHandshakeException("handshake")
                .initCause(new CertificateExpiredException("yesterday")),
            DialFailure.CERTIFICATE),
        arguments(new DialException("a:1", DialFailure.ALPN, null), DialFailure.ALPN),
        arguments(new IllegalStateException("a bug"), DialFailure.OTHER));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void classifies(Throwable thrown, DialFailure expected) {
    assertThat(DialFailure.of(thrown)).isEqualTo(expected);
    assertThat(DialFailure.of(new RuntimeException(thrown))).isEqualTo(expected);
  }

  @Test
  void aRingOfCausesHasAnEnd() {
    Exception first = new Exception("first");
    first.initCause(new Exception("second", first));
    assertThat(DialFailure.of(first)).isEqualTo(DialFailure.OTHER);
  }

  @Test
  void labelsAreTheClosedSetOfTheMetric() {
    assertThat(Arrays.stream(DialFailure.values()).map(DialFailure::label))
        .containsExactly(
            "dns",
            "refused",
            "unreachable",
            "timeout",
            "tls",
            "alpn",
            "certificate",
            "reset",
            "fd_limit",
            "other");
  }

  @Test
  void anEverydayFailureCostsNoStackTrace() {
    DialException failed = new DialException("10.0.0.5:443", DialFailure.REFUSED, null);
    failed.addSuppressed(new IllegalStateException());
    assertThat(failed).hasMessage("10.0.0.5:443: refused");
    assertThat(failed.getStackTrace()).isEmpty();
    assertThat(failed.getSuppressed()).isEmpty();
  }
}
