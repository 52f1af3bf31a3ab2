package dev.gatehouse.relay.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2.13 of the relay's specification. */
class CloseCauseTest {

  @ParameterizedTest
  @CsvSource({
    "SHUTDOWN, 1001, shutting down",
    "KICKED, 1001, kicked by operator",
    "PROTOCOL_ERROR, 1002, protocol error",
    "INVALID_JSON, 1007, invalid json",
    "TOO_BIG, 1009, message too big",
    "HEARTBEAT, 1011, heartbeat timeout",
    "TAKEOVER, 1011, heartbeat timeout",
    "OUTBOX_FULL, 1011, phone backlog full",
    "PHONE_WRITE_FAILED, 1011, phone write failed",
    "BINARY_WRITE_FAILED, 1011, write timeout",
    "NO_SERVER, 4404, no server with that id",
    "KICKED_AWAY, 4404, no server with that id",
    "RECLAIMED, 4404, binary reclaimed server-id",
    "BINARY_GONE, 4404, binary disconnected",
    "GRACE_EXPIRED, 4404, binary did not return",
    "CONFLICT, 4409, server-id already claimed",
    "AT_CAP, 4429, too many phones for server-id",
  })
  void saysWhatPeersInTheFieldKnow(CloseCause cause, int code, String reason) {
    assertThat(cause.close()).isEqualTo(new Close(code, reason));
  }

  @ParameterizedTest
  @EnumSource
  void thePredecessorHadOneCodeForThree(CloseCause cause) {
    Close legacy = cause.legacyClose();
    boolean changed =
        cause == CloseCause.INVALID_JSON
            || cause == CloseCause.BINARY_GONE
            || cause == CloseCause.GRACE_EXPIRED;
    assertThat(legacy).isEqualTo(changed ? new Close(1000, "") : cause.close());
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeMayBeSent(CloseCause cause) {
    assertThat(Close.isLegal(cause.close().code())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1003, 1007, 1014, 3000, 4401, 4999})
  void theseCodesAreLegal(int code) {
    assertThat(Close.isLegal(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535})
  void theseAreNot(int code) {
    assertThat(Close.isLegal(code)).isFalse();
  }
}
