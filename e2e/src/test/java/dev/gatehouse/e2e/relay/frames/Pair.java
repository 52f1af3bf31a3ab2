package dev.gatehouse.e2e.relay.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.relay.RelayHost;
import java.io.IOException;
import java.util.Arrays;

/**
 * A binary and a phone that have met; one of them is to break the rules or to keep them, the other
 * sees what comes of it.
 */
final class Pair implements AutoCloseable {

  /** Which of them is looked at. */
  enum Side {
    BINARY,
    PHONE
  }

  private final Side side;
  private final String name;
  private final FramePeer binary;
  private final FramePeer phone;

  private Pair(Side side, FramePeer binary, FramePeer phone) {
    this.side = side;
    this.binary = binary;
    this.phone = phone;
    phone.send(Frame.text("0"));
    String first = binary.message();
    name = first.substring("{\"conn_id\":\"".length(), first.indexOf("\",\"frame\""));
  }

  static Pair meet(RelayHost host, String id, Side side) throws Exception {
    FramePeer binary = FramePeer.binary(host, id);
    return new Pair(side, binary, FramePeer.phone(host, id));
  }

  FramePeer tested() {
    return side == Side.BINARY ? binary : phone;
  }

  private FramePeer other() {
    return side == Side.BINARY ? phone : binary;
  }

  Side side() {
    return side;
  }

  /** The bytes with which the one that is looked at sends the other this JSON. */
  byte[] bytes(String json) {
    return (side == Side.BINARY ? envelope(json) : json).getBytes(UTF_8);
  }

  Frame message(String json) {
    return Frame.of(Opcode.TEXT, bytes(json));
  }

  /** The same in fragments of so many bytes, the last one shorter. */
  Frame[] fragments(String json, int size) {
    byte[] bytes = bytes(json);
    int count = (bytes.length + size - 1) / size;
    Frame[] frames = new Frame[count];
    for (int i = 0; i < count; i++) {
      byte[] part = Arrays.copyOfRange(bytes, i * size, Math.min(bytes.length, (i + 1) * size));
      Frame frame = Frame.of(i == 0 ? Opcode.TEXT : Opcode.CONTINUATION, part);
      frames[i] = i == count - 1 ? frame : frame.begun();
    }
    return frames;
  }

  /** A JSON string that makes the whole message that long. */
  String filling(int length) {
    return '"' + "x".repeat(length - bytes("\"\"").length) + '"';
  }

  /** Expects this JSON at the other side, as the next message. */
  Pair arrives(String json) {
    assertThat(other().message()).isEqualTo(side == Side.BINARY ? json : envelope(json));
    return this;
  }

  /** Expects that both still talk to each other. */
  void goesOn() {
    tested().send(message("\"and on\""));
    arrives("\"and on\"");
  }

  /** Expects that the binary is told how its phone has closed. */
  void noticed(int code) {
    if (side == Side.PHONE) {
      assertThat(binary.message())
          .isEqualTo("{\"conn_id\":\"" + name + "\",\"close_code\":" + code + "}");
    }
  }

  private String envelope(String json) {
    return "{\"conn_id\":\"" + name + "\",\"frame\":" + json + "}";
  }

  @Override
  public void close() throws IOException {
    binary.close();
    phone.close();
  }
}
