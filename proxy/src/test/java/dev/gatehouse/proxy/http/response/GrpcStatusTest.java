package dev.gatehouse.proxy.http.response;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcStatusTest {

  @ParameterizedTest
  @CsvSource({
    "0, 13", // NO_ERROR
    "1, 13", // PROTOCOL_ERROR
    "2, 13", // INTERNAL_ERROR
    "7, 14", // REFUSED_STREAM
    "8, 1", // CANCEL
    "11, 8", // ENHANCE_YOUR_CALM
    "12, 7", // INADEQUATE_SECURITY
    "13, 13", // HTTP_1_1_REQUIRED
    "4294967295, 13", // nobody's
  })
  void everyCodeHasAStatus(long code, int status) {
    assertThat(GrpcStatus.ofReset(code)).isEqualTo(status);
  }
}
