package dev.gatehouse.wire.envelope;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * A binary's wish that a device be woken.
 *
 * @param platform the service that reaches the device; empty if none was named
 * @param token what the service knows the device by; empty if there was none
 */
public record PushWake(String platform, String token) {

  /** Reads a JSON value that is known to be one; empty if it is no object with such texts. */
  static Optional<PushWake> read(ByteBuf value) {
    return new WakeReader(value).read();
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "PushWake[platform=" + platform.length() + " characters, token withheld]";
  }
}
