package dev.gatehouse.wire.tls;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the ClientHello at the front of a connection, record by record, as the bytes arrive.
 *
 * <p>One handshake message may span many records, and records and segments may split anywhere (RFC
 * 8446 section 5.1). Every byte is looked at once, so a client that sends one at a time costs no
 * more per byte than one that sends all at once. What is kept grows with what has arrived, never
 * with what is announced, and whatever breaks a limit is refused by the head that announces it.
 *
 * <p>The bytes are copied, never consumed: they go on, unchanged, to whoever speaks TLS. One
 * decoder serves one connection, on one thread.
 */
public final class ClientHelloDecoder {

  /** The most bytes in one record (RFC 8446 section 5.1). */
  static final int MAX_RECORD_LENGTH = 1 << 14;

  /** Type and length of a handshake message (RFC 8446 section 4). */
  static final int MESSAGE_HEAD = 4;

  private static final int RECORD_HEAD = 5;
  private static final int FIRST_RECORD_TYPE = 20;
  private static final int LAST_RECORD_TYPE = 24;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int MAJOR_VERSION = 3;

  /** Holds most hellos, those with post-quantum key shares included, without growing. */
  private static final int USUAL_SIZE = 2048;

  private final int maxSize;
  private final int maxRecords;

  private int records;

  /** The next byte to look at, counted from the connection's first. */
  private int position;

  /** Bytes of the present record that have not arrived. */
  private int recordRest;

  /** The handshake message without record heads, as far as it has arrived. */
  private byte[] message = {};

  private int gathered;

  /**
   * @param maxSize bytes of the handshake message, its head included
   * @param maxRecords records over which it may be spread
   */
  public ClientHelloDecoder(int maxSize, int maxRecords) {
    this.maxSize = maxSize;
    this.maxRecords = maxRecords;
  }

  /**
   * Looks at the bytes that are new; the reader index stays where it is. Not to be called again
   * after an outcome other than {@link Incomplete}.
   *
   * @param in all bytes of the connection so far, from the first
   */
  public Decoded<ClientHello> decode(ByteBuf in) {
    while (true) {
      Optional<ClientHelloFault> fault = recordRest == 0 ? recordFault(in) : Optional.empty();
      if (fault.isPresent()) {
        return new Malformed<>(fault.get());
      }
      if (recordRest == 0 && !enterRecord(in)) {
        return new Incomplete<>();
      }
      if (in.readableBytes() == position) {
        return new Incomplete<>();
      }
      gather(in, Math.min(recordRest, in.readableBytes() - position));
      fault = messageFault();
      if (fault.isPresent()) {
        return new Malformed<>(fault.get());
      }
      if (gathered >= MESSAGE_HEAD && gathered == messageLength()) {
        return HelloReader.read(new Cursor(message, MESSAGE_HEAD, gathered));
      }
    }
  }

  /** Where the hello ended, counted from the connection's first byte; after it was complete. */
  public int length() {
    return position;
  }

  /** Judges as much of a record's head as is there. */
  private Optional<ClientHelloFault> recordFault(ByteBuf in) {
    int known = in.readableBytes() - position;
    int head = in.readerIndex() + position;
    boolean isFirst = records == 0;
    if (known >= 1 && !isRecordType(in.getUnsignedByte(head))) {
      return Optional.of(isFirst ? ClientHelloFault.NOT_TLS : ClientHelloFault.RECORD_TYPE);
    }
    if (known >= 2 && in.getByte(head + 1) != MAJOR_VERSION) {
      return Optional.of(isFirst ? ClientHelloFault.NOT_TLS : ClientHelloFault.VERSION);
    }
    if (known >= 2 && in.getByte(head) != HANDSHAKE) {
      return Optional.of(ClientHelloFault.RECORD_TYPE);
    }
    if (known >= RECORD_HEAD) {
      int length = in.getUnsignedShort(head + 3);
      if (length == 0 || length > MAX_RECORD_LENGTH) {
        return Optional.of(ClientHelloFault.RECORD_LENGTH);
      }
    }
    return known >= 1 && records == maxRecords
        ? Optional.of(ClientHelloFault.TOO_BIG)
        : Optional.empty();
  }

  private static boolean isRecordType(int type) {
    return type >= FIRST_RECORD_TYPE && type <= LAST_RECORD_TYPE;
  }

  private boolean enterRecord(ByteBuf in) {
    if (in.readableBytes() - position < RECORD_HEAD) {
      return false;
    }
    recordRest = in.getUnsignedShort(in.readerIndex() + position + 3);
    position += RECORD_HEAD;
    records++;
    return true;
  }

  private void gather(ByteBuf in, int length) {
    if (message.length < gathered + length) {
      int size = Math.max(Math.max(USUAL_SIZE, 2 * message.length), gathered + length);
      message = Arrays.copyOf(message, size);
    }
    in.getBytes(in.readerIndex() + position, message, gathered, length);
    gathered += length;
    position += length;
    recordRest -= length;
  }

  private Optional<ClientHelloFault> messageFault() {
    if (message[0] != CLIENT_HELLO) {
      return Optional.of(ClientHelloFault.HANDSHAKE_TYPE);
    }
    if (gathered < MESSAGE_HEAD) {
      return Optional.empty();
    }
    if (messageLength() > maxSize) {
      return Optional.of(ClientHelloFault.TOO_BIG);
    }
    // nothing may follow the hello in its last record (RFC 8446 section 5.1)
    return gathered + recordRest > messageLength()
        ? Optional.of(ClientHelloFault.LENGTH)
        : Optional.empty();
  }

  private int messageLength() {
    return MESSAGE_HEAD
        + ((message[1] & 0xff) << 16 | (message[2] & 0xff) << 8 | (message[3] & 0xff));
  }
}
