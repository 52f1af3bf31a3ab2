package dev.gatehouse.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandshakeKeyTest {

  /** RFC 6455, section 1.3. */
  @Test
  void answersTheKeyOfTheProtocolsOwnExample() {
    assertThat(HandshakeKey.answer("dGhlIHNhbXBsZSBub25jZQ=="))
        .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }
}
