package dev.gatehouse.relay.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {

  @ParameterizedTest
  @CsvSource({"/v1/server,BINARY", "/v2/server,BINARY", "/v1/client,PHONE", "/v2/client,PHONE"})
  void twoVersionsOfAPathMeanTheSame(String path, Role role) {
    assertThat(Role.ofPath(path)).contains(role);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/v1", "/v1/server/", "/V1/server", "//v1/server", "/v3/server"})
  void otherPathsMeanNothing(String path) {
    assertThat(Role.ofPath(path)).isEmpty();
  }
}
