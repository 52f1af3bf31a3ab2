package dev.gatehouse.tracker.request;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tracker.RequestFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectionsTest {

  private final Rejections rejections = new Rejections("mochi");

  @ParameterizedTest
  @EnumSource
  void whatAReaderFindsWrongIsToldInItsOwnWords(RequestFault fault) {
    Rejection rejection = rejections.of(fault);
    assertThat(rejection.text()).isEqualTo(fault.label());
    assertThat(rejection.label()).isEqualTo(fault.label());
    assertThat(rejection.isTemporary()).isFalse();
    assertThat(rejections.of((Decoded.Fault) fault)).isSameAs(rejection);
  }

  @Test
  void theTrackerCallsItselfByItsName() {
    assertThat(rejections.clientNotAllowed()).hasToString("client not allowed by mochi");
    assertThat(rejections.torrentNotAllowed()).hasToString("torrent not allowed by mochi");
    assertThat(rejections.missingToken()).hasToString("request not allowed by mochi: missing jwt");
    assertThat(rejections.invalidToken()).hasToString("request not allowed by mochi: invalid jwt");
  }

  @Test
  void aFaultOfOursIsNotExplained() {
    assertThat(rejections.internal().text()).isEqualTo("mochi internal error");
    assertThat(rejections.internal().label()).isEqualTo("internal error");
    assertThat(rejections.internal().isTemporary()).isFalse();
  }

  @Test
  void whoMayComeAgainIsToldSo() {
    assertThat(rejections.limitExceeded().text()).isEqualTo("request limit exceeded");
    assertThat(rejections.limitExceeded().isTemporary()).isTrue();
    assertThat(rejections.overload().text()).isEqualTo("mochi internal error");
    assertThat(rejections.overload().isTemporary()).isTrue();
  }

  @Test
  void aFaultThatNobodyKnowsIsOurs() {
    assertThat(rejections.of(() -> "new")).isSameAs(rejections.internal());
  }

  @Test
  void aDatagramCarriesTheSameText() {
    assertThat(new String(rejections.clientNotAllowed().ascii(), US_ASCII))
        .isEqualTo(rejections.clientNotAllowed().text());
  }
}
