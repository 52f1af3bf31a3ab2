package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;

/**
 * Writes the envelopes of one phone, around bytes that stay what they are.
 *
 * <p>The name of a connection is visible ASCII without quotation mark and backslash, so that it
 * needs no escape.
 */
public final class EnvelopeWriter {

  private static final byte[] CLOSE_CODE = ",\"close_code\":".getBytes(US_ASCII);
  private static final byte[] FRAME = ",\"frame\":".getBytes(US_ASCII);

  private final byte[] name;
  private final byte[] head;

  /**
   * A writer for the connection of that name.
   *
   * @throws IllegalArgumentException if the name would need an escape
   */
  public EnvelopeWriter(String name) {
    if (name.isEmpty() || !name.chars().allMatch(EnvelopeWriter::isPlain)) {
      throw new IllegalArgumentException(
          "name of a connection: "
              + Bytes.utf8(name)
              + " (expected: visible ASCII without quotation mark and backslash)");
    }
    this.name = name.getBytes(US_ASCII);
    this.head = ("{\"conn_id\":\"" + name + '"').getBytes(US_ASCII);
  }

  /** Whether an envelope that was read is for this phone. */
  public boolean isAddressedBy(EnvelopeReader envelope) {
    return envelope.isFor(name);
  }

  /** How long an envelope around so many bytes is. */
  public int dataLength(int length) {
    return head.length + FRAME.length + length + 1;
  }

  /** Writes an envelope around a value that lies between two indices. */
  public void writeData(ByteBuf message, int from, int to, ByteBuf out) {
    out.writeBytes(head).writeBytes(FRAME).writeBytes(message, from, to - from).writeByte('}');
  }

  /** Writes that the phone's connection has ended, and with which code. */
  public void writeCloseNotice(int code, ByteBuf out) {
    out.writeBytes(head).writeBytes(CLOSE_CODE);
    out.writeCharSequence(Integer.toString(code), US_ASCII);
    out.writeByte('}');
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '\\';
  }
}
