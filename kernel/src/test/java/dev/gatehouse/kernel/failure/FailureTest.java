package dev.gatehouse.kernel.failure;

import static dev.gatehouse.kernel.failure.Failure.Culprit.DOWNSTREAM;
import static dev.gatehouse.kernel.failure.Failure.Culprit.INTERNAL;
import static dev.gatehouse.kernel.failure.Failure.Culprit.UPSTREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.kernel.failure.Failure.Expected;
import dev.gatehouse.kernel.failure.Failure.Scope;
import dev.gatehouse.kernel.failure.Failure.Unexpected;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

  static Stream<Arguments> expected() {
    return Stream.of(
        arguments(new ClosedChannelException(), Kind.RESET),
        arguments(new EOFException(), Kind.RESET),
        arguments(new SocketException("Connection reset"), Kind.RESET),
        arguments(new IOException("Broken pipe"), Kind.RESET),
        arguments(
            new IOException("recvAddress(..) failed with error(-104): Connection reset by peer"),
            Kind.RESET),
        arguments(new SocketTimeoutException(), Kind.TIMEOUT),
        arguments(new TimeoutException(), Kind.TIMEOUT),
        arguments(new ConnectException("Connection timed out"), Kind.TIMEOUT),
        arguments(new ConnectException("Connection refused"), Kind.REFUSED),
        arguments(new ConnectException(), Kind.REFUSED),
        arguments(new NoRouteToHostException(), Kind.UNREACHABLE),
        arguments(new SocketException("Network is unreachable"), Kind.UNREACHABLE),
        arguments(new UnknownHostException("example.invalid"), Kind.UNREACHABLE),
        arguments(new UnresolvedAddressException(), Kind.UNREACHABLE),
        arguments(new SSLHandshakeException("no cipher suites in common"), Kind.MALFORMED),
        arguments(new SSLException("Connection reset"), Kind.RESET),
        arguments(new CompletionException(new EOFException()), Kind.RESET),
        arguments(new UncheckedIOException(new IOException("Broken pipe")), Kind.RESET));
  }

  @ParameterizedTest
  @MethodSource
  void expected(Throwable thrown, Kind kind) {
    assertThat(Failure.of(thrown, UPSTREAM))
        .isEqualTo(new Expected(kind, UPSTREAM, Scope.CONNECTION));
  }

  static Stream<Throwable> unexpected() {
    return Stream.of(
        new IllegalStateException("bug"),
        new NullPointerException(),
        new IOException(),
        new IOException("Too many open files"),
        new CompletionException(new IllegalStateException("bug")));
  }

  @ParameterizedTest
  @MethodSource
  void unexpected(Throwable thrown) {
    assertThat(Failure.of(thrown, DOWNSTREAM))
        .isEqualTo(new Unexpected(thrown, DOWNSTREAM, Scope.CONNECTION));
  }

  @Test
  void aLackOfMemoryIsOurOwnAndEndsTheProcess() {
    OutOfMemoryError lack = new OutOfMemoryError();
    assertThat(Failure.of(lack, DOWNSTREAM))
        .isEqualTo(new Unexpected(lack, INTERNAL, Scope.PROCESS));
  }

  @Test
  void aRingOfCausesEnds() {
    Exception inner = new IllegalStateException("inner");
    Exception outer = new IllegalStateException("outer", inner);
    inner.initCause(outer);
    assertThat(Failure.of(outer, INTERNAL)).isInstanceOf(Unexpected.class);
  }

  @Test
  void labelsAreDistinctWords() {
    assertThat(Arrays.stream(Kind.values()).map(Kind::label))
        .doesNotHaveDuplicates()
        .allMatch(label -> label.matches("[a-z]+"));
    assertThat(DOWNSTREAM.label()).isEqualTo("downstream");
  }
}
