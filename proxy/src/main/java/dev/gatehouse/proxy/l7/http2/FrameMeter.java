package dev.gatehouse.proxy.l7.http2;

import dev.gatehouse.proxy.traffic.ListenerTraffic.Abuse;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks at the frames of one client as their bytes arrive, before anything is made of them, and
 * says when there are more of a kind than anybody needs (RFC 9113 section 10.5).
 *
 * <p>Whatever lies in the payload does not matter to it, so it is cheap and cannot be led astray.
 */
final class FrameMeter {

  private static final int PREFACE = 24;
  private static final int HEADER = 9;
  private static final int MAX_CONTINUATIONS = 16;
  private static final int MAX_EMPTY_DATA = 2;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int PRIORITY = 2;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int WINDOW_UPDATE = 8;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int PADDED = 8;
  private static final int MOST_PADDING = 256;
  private static final int END_HEADERS = 4;

  private final FrameBudgets budgets;
  private final byte[] header = new byte[HEADER];
  private int skip = PREFACE;
  private int have;
  private int continuations;
  private int emptyData;

  /** The length of a frame of data of which the next byte says how much is padding; else 0. */
  private int padded;

  private boolean inBlock;
  private long blockNanos;

  FrameMeter(FrameBudgets budgets) {
    this.budgets = budgets;
  }

  /** Looks at bytes without consuming them; what they break, if anything. */
  Optional<Abuse> look(ByteBuf in, long nowNanos) {
    int at = in.readerIndex();
    while (at < in.writerIndex()) {
      if (padded > 0) {
        Optional<Abuse> abuse = padding(Byte.toUnsignedInt(in.getByte(at)), nowNanos);
        if (abuse.isPresent()) {
          return abuse;
        }
      }
      int skipped = Math.min(skip, in.writerIndex() - at);
      skip -= skipped;
      at += skipped;
      while (have < HEADER && at < in.writerIndex() && skip == 0) {
        header[have++] = in.getByte(at++);
      }
      if (have == HEADER) {
        have = 0;
        skip = length();
        Optional<Abuse> abuse = frame(nowNanos);
        if (abuse.isPresent()) {
          return abuse;
        }
      }
    }
    return Optional.empty();
  }

  /** Since when a block of fields has begun and not ended; empty where none has. */
  OptionalLong blockSince() {
    return inBlock || (have > 0 && header[0] >= 0 && isHeadersBegun())
        ? OptionalLong.of(blockNanos)
        : OptionalLong.empty();
  }

  private boolean isHeadersBegun() {
    return have > 3 && header[3] == HEADERS;
  }

  private Optional<Abuse> frame(long nowNanos) {
    return switch (header[3]) {
      case DATA -> data(nowNanos);
      case HEADERS -> headers(nowNanos);
      case CONTINUATION -> continuation();
      case PRIORITY -> budgets.take(Abuse.PRIORITY, nowNanos);
      case RST_STREAM -> budgets.reset(nowNanos);
      case SETTINGS -> budgets.take(Abuse.SETTINGS, nowNanos);
      case PING -> budgets.take(Abuse.PING, nowNanos);
      case WINDOW_UPDATE ->
          stream() == 0 ? budgets.take(Abuse.WINDOW_UPDATE, nowNanos) : Optional.empty();
      // RFC 9113 section 5.5: what is not known is ignored, which costs something too
      default -> budgets.take(Abuse.GLITCH, nowNanos);
    };
  }

  private Optional<Abuse> data(long nowNanos) {
    if (has(PADDED) && length() > 0 && length() <= MOST_PADDING) {
      padded = length();
      return Optional.empty();
    }
    return data(length(), nowNanos);
  }

  private Optional<Abuse> padding(int bytes, long nowNanos) {
    int length = padded - 1 - bytes;
    padded = 0;
    return data(Math.max(0, length), nowNanos);
  }

  private Optional<Abuse> data(int length, long nowNanos) {
    if (length > 0) {
      emptyData = 0;
      budgets.progress();
      return Optional.empty();
    }
    if (has(END_STREAM)) {
      return Optional.empty();
    }
    emptyData++;
    return emptyData > MAX_EMPTY_DATA
        ? Optional.of(Abuse.EMPTY_DATA)
        : budgets.take(Abuse.EMPTY_DATA, nowNanos);
  }

  private Optional<Abuse> headers(long nowNanos) {
    continuations = 0;
    inBlock = !has(END_HEADERS);
    blockNanos = nowNanos;
    return length() == 0 ? budgets.take(Abuse.EMPTY_HEADERS, nowNanos) : Optional.empty();
  }

  private Optional<Abuse> continuation() {
    inBlock = !has(END_HEADERS);
    continuations++;
    boolean idle = length() == 0 && inBlock;
    return idle || continuations > MAX_CONTINUATIONS
        ? Optional.of(Abuse.CONTINUATION)
        : Optional.empty();
  }

  private int length() {
    return number(0, 3);
  }

  private int stream() {
    return number(5, 4) & Integer.MAX_VALUE;
  }

  private int number(int from, int bytes) {
    int number = 0;
    for (int i = 0; i < bytes; i++) {
      number = (number << Byte.SIZE) | Byte.toUnsignedInt(header[from + i]);
    }
    return number;
  }

  private boolean has(int flag) {
    return (header[4] & flag) != 0;
  }
}
