package dev.gatehouse.relay.session;

import dev.gatehouse.relay.config.SessionSettings;
import java.time.Duration;

/**
 * The deadlines of one connection: when to ask whether the peer lives, and how long it may take to
 * answer, to finish a message, and to take one. Time comes with every call.
 */
final class Pulse {

  /** What is due. */
  enum Due {
    NOTHING,
    PING,
    SILENT,
    /** A message that was begun is not whole in time. */
    MESSAGE,
    /** A message is not taken in time. */
    WRITE
  }

  private static final long NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();

  private final SessionSettings settings;

  /** When the last ping was due or sent. */
  private long pingNanos;

  private boolean unanswered;
  private boolean midMessage;
  private long messageNanos;
  private boolean writing;
  private long writeNanos;
  private boolean paused;
  private long pausedNanos;

  Pulse(SessionSettings settings, long nowNanos) {
    this.settings = settings;
    this.pingNanos = nowNanos;
  }

  Due due(long nowNanos) {
    if (writing && nowNanos - writeNanos >= settings.writeTimeout().toNanos()) {
      return Due.WRITE;
    }
    if (paused) {
      return Due.NOTHING;
    }
    if (midMessage && nowNanos - messageNanos >= settings.readMessageTimeout().toNanos()) {
      return Due.MESSAGE;
    }
    if (unanswered) {
      boolean late = nowNanos - pingNanos >= settings.heartbeat().timeout().toNanos();
      return late ? Due.SILENT : Due.NOTHING;
    }
    boolean ping = nowNanos - pingNanos >= settings.heartbeat().interval().toNanos();
    return ping ? Due.PING : Due.NOTHING;
  }

  void pinged(long nowNanos) {
    pingNanos = nowNanos;
    unanswered = true;
  }

  boolean isUnanswered() {
    return unanswered;
  }

  /** When the ping was sent that is unanswered. */
  long pingedNanos() {
    return pingNanos;
  }

  /** Any whole frame answers; the seconds that a ping took, or less than 0 if none was asked. */
  double answered(long nowNanos) {
    if (!unanswered) {
      return -1;
    }
    unanswered = false;
    return (double) (nowNanos - pingNanos) / NANOS_A_SECOND;
  }

  /** Says whether the peer is in the middle of a message, after all that has arrived. */
  void midMessage(boolean now, long nowNanos) {
    if (now && !midMessage) {
      messageNanos = nowNanos;
    }
    midMessage = now;
  }

  /** A message has begun to be written, or another one has its turn. */
  void writing(boolean now, long nowNanos) {
    writing = now;
    writeNanos = nowNanos;
  }

  /** While we do not read, the peer cannot be late. */
  void pause(long nowNanos) {
    paused = true;
    pausedNanos = nowNanos;
  }

  void resume(long nowNanos) {
    if (paused) {
      long stood = nowNanos - pausedNanos;
      paused = false;
      pingNanos += stood;
      messageNanos += stood;
    }
  }
}
