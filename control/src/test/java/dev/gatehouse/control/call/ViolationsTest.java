package dev.gatehouse.control.call;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.control.CallFailure;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViolationsTest {

  /** What gRPC's clients take unless they are told otherwise. */
  private static final int CLIENT_LIMIT = 8 << 10;

  private static final int OTHER_HEADERS = 300;

  @Test
  void whatDoesNotFitIntoHeadersIsCounted() {
    List<Violation> many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new Violation("route.backends[" + i + "]", "\"x\": expected another"))
            .toList();
    CallFailure failure = CallFailure.of(Violations.of(many));
    List<String> told = failure.violations();
    assertThat(told.getFirst()).isEqualTo("route.backends[0]: \"x\": expected another");
    assertThat(told.getLast())
        .isEqualTo("…: " + (1_000 - (told.size() - 1)) + " more; mend these first");
    assertThat(told).hasSizeGreaterThan(20);
    assertThat(failure.description()).endsWith(" (and 999 more)");
  }

  @Test
  void evenTheLongestSentencesLeaveRoomForTheRest() {
    List<Violation> longest = Collections.nCopies(300, new Violation("f", "漢".repeat(10_000)));
    StatusRuntimeException failure = Violations.of(longest);
    Metadata trailers = Objects.requireNonNull(Status.trailersFromThrowable(failure));
    byte[] details =
        Objects.requireNonNull(
            trailers.get(
                Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER)));
    String message = Objects.requireNonNull(failure.getStatus().getDescription());
    int encoded = 3 * message.getBytes(UTF_8).length;
    assertThat(details.length * 4 / 3 + encoded + OTHER_HEADERS).isLessThan(CLIENT_LIMIT);
  }

  @Test
  void aSentenceDoesNotRepeatItsField() {
    assertThat(Violation.of(new ConfigProblem("", 0, "a.b", "a.b = 1: expected 2")).sentence())
        .isEqualTo("1: expected 2");
    assertThat(Violation.of(new ConfigProblem("", 0, "a.b", "a.b: missing")).sentence())
        .isEqualTo("missing");
    assertThat(Violation.of(new ConfigProblem("", 0, "", "all of it")).sentence())
        .isEqualTo("all of it");
  }

  @Test
  void aRefusalWithoutAFieldHasNoDetails() {
    EditRefusedException refused = new EditRefusedException(Reason.INVALID, "", "it is so");
    assertThat(CallFailure.of(Answers.failure(refused)))
        .isEqualTo(new CallFailure(Code.INVALID_ARGUMENT, "it is so", List.of()));
  }

  @Test
  void aRefusedConfigurationTellsItsPlaces() {
    ConfigRefusedException refused =
        new ConfigRefusedException(List.of(new ConfigProblem("a.toml", 3, "x", "x: unknown key")));
    assertThat(CallFailure.of(Answers.failure(refused)))
        .isEqualTo(
            new CallFailure(
                Code.INVALID_ARGUMENT,
                "toml: a.toml:3: x: unknown key",
                List.of("toml: a.toml:3: x: unknown key")));
    assertThat(refused).hasMessage("a.toml:3: x: unknown key");
  }
}
