package dev.gatehouse.relay.log;

import dev.gatehouse.kernel.time.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The lines of the relay, one method for each, with no room for anything of a message, a token or a
 * request; what strangers can provoke is sampled.
 */
public final class RelayLog {

  private static final Logger log = LoggerFactory.getLogger(RelayLog.class);

  private static final String SERVER_ID = "server_id";
  private static final String CONN_ID = "conn_id";
  private static final String BINARY_CONN_ID = "binary_conn_id";
  private static final String REMOTE = "remote";
  private static final String CLOSE_CODE = "close_code";
  private static final String REASON = "reason";
  private static final String COUNT = "count";
  private static final String ERR = "err";

  private final Ticker ticker;
  private final Sampling sampling;

  public RelayLog(Ticker ticker) {
    this.ticker = ticker;
    this.sampling = new Sampling(ticker.nanos());
  }

  public void serverClaimed(Subject binary, String version) {
    line(Level.INFO, "server_claimed")
        .addKeyValue(SERVER_ID, binary.serverId())
        .addKeyValue(BINARY_CONN_ID, binary.connection())
        .addKeyValue("binary_version", version)
        .addKeyValue(REMOTE, binary.remote())
        .log();
  }

  public void serverReleased(String serverId) {
    line(Level.INFO, "server_released").addKeyValue(SERVER_ID, serverId).log();
  }

  public void graceExpired(String serverId, int phones) {
    line(Level.INFO, "server_grace_expired")
        .addKeyValue(SERVER_ID, serverId)
        .addKeyValue(COUNT, phones)
        .log();
  }

  /** Without the version, which would tell a stranger whose id it has guessed. */
  public void conflict(Subject newcomer) {
    refused("server_id_conflict", newcomer);
  }

  public void takeover(Subject newcomer, String from) {
    line(Level.WARN, "server_id_takeover")
        .addKeyValue(SERVER_ID, newcomer.serverId())
        .addKeyValue(REMOTE, newcomer.remote())
        .addKeyValue("from", from)
        .addKeyValue("to", newcomer.connection())
        .log();
  }

  public void phoneRegistered(Subject phone, String device) {
    line(Level.INFO, "phone_registered")
        .addKeyValue(SERVER_ID, phone.serverId())
        .addKeyValue(CONN_ID, phone.connection())
        .addKeyValue("device_name", device)
        .addKeyValue(REMOTE, phone.remote())
        .log();
  }

  public void phoneUnregistered(Subject phone) {
    phone(Level.INFO, "phone_unregistered", phone).log();
  }

  public void noServer(Subject phone) {
    refused("phone_register_no_server", phone);
  }

  public void atCap(Subject phone) {
    refused("phone_register_at_cap", phone);
  }

  public void noticeFailed(Subject phone, int closeCode) {
    String event = "phone_close_notice_send_failed";
    if (sampling.passes(event, ticker.nanos())) {
      phone(Level.WARN, event, phone)
          .addKeyValue(CLOSE_CODE, closeCode)
          .addKeyValue(ERR, "closed")
          .log();
    }
  }

  /** A phone has nothing more to say. */
  public void phoneReadEnd(Subject phone, String cause) {
    phone(Level.INFO, "phone_forwarder_read_end", phone).addKeyValue(ERR, cause).log();
  }

  public void invalidJson(Subject phone) {
    sampledPhone("phone_forwarder_marshal_err", phone, "invalid json");
  }

  public void noBinary(Subject phone) {
    sampledPhone("phone_forwarder_no_binary", phone, "no binary");
  }

  public void sendFailed(Subject phone) {
    sampledPhone("phone_forwarder_send_failed", phone, "closed");
  }

  /** A binary has nothing more to say. */
  public void binaryReadEnd(Subject binary, String cause) {
    binary(Level.INFO, "binary_forwarder_read_end", binary).addKeyValue(ERR, cause).log();
  }

  /** One of the reasons why an envelope asks nothing; never a part of it. */
  public void unmarshalError(Subject binary, String reason) {
    sampledBinary("binary_forwarder_unmarshal_err", binary, reason);
  }

  public void wakeDropped(Subject binary, String reason) {
    sampledBinary("binary_forwarder_push_wake_dropped", binary, reason);
  }

  /** The name is not told: it is what the binary has written. */
  public void unknownPhone(Subject binary) {
    sampledBinary("binary_forwarder_unknown_conn_id", binary, "unknown conn_id");
  }

  public void enqueueFailed(Subject phone, String reason) {
    sampledPhone("binary_forwarder_phone_enqueue_failed", phone, reason);
  }

  public void phoneSendFailed(Subject phone) {
    sampledPhone("binary_forwarder_phone_send_failed", phone, "closed");
  }

  /** What a directive closes a phone with, and what was to be said before it, was not taken. */
  public void closeFrameSendFailed(Subject phone) {
    sampledPhone("binary_forwarder_close_frame_send_failed", phone, "closed");
  }

  public void phoneClosed(Subject phone, int closeCode) {
    phone(Level.INFO, "binary_forwarder_phone_closed", phone)
        .addKeyValue(CLOSE_CODE, closeCode)
        .log();
  }

  /** A binary wants a phone closed with a code that may not be sent. */
  public void illegalCode(Subject phone, int closeCode) {
    String event = "binary_forwarder_illegal_close_code";
    if (sampling.passes(event, ticker.nanos())) {
      phone(Level.WARN, event, phone).addKeyValue(CLOSE_CODE, closeCode).log();
    }
  }

  public void rateLimited(String key) {
    sampledRemote("rate_limited", "", key);
  }

  /** The path is one of ours, and never what was asked for. */
  public void capReached(String path, String remote) {
    sampledRemote("conn_cap_reached", path, remote);
  }

  public void pushOff(String why) {
    line(Level.INFO, "push off: " + why).log();
  }

  public void pushWakeSent(String serverId, String fingerprint, Duration took, String messageId) {
    wake(Level.INFO, "push_wake_sent", serverId, fingerprint, took)
        .addKeyValue("fcm_message_id", messageId)
        .log();
  }

  public void pushWakeFailed(String serverId, String fingerprint, Duration took, String error) {
    wake(Level.WARN, "push_wake_send_failed", serverId, fingerprint, took)
        .addKeyValue(ERR, error)
        .log();
  }

  public void kicked(String serverId, String connection, int count) {
    line(Level.INFO, "operator_kick")
        .addKeyValue(SERVER_ID, serverId)
        .addKeyValue(CONN_ID, connection)
        .addKeyValue(COUNT, count)
        .log();
  }

  /** Tells how many lines were held back; to be called every ten seconds. */
  public void tellSuppressed() {
    sampling.drain(
        (event, count) ->
            line(Level.WARN, "log_suppressed")
                .addKeyValue("event", event)
                .addKeyValue(COUNT, count)
                .log());
  }

  private void refused(String event, Subject who) {
    if (sampling.passes(event, ticker.nanos())) {
      line(Level.WARN, event)
          .addKeyValue(SERVER_ID, who.serverId())
          .addKeyValue(REMOTE, who.remote())
          .log();
    }
  }

  private void sampledPhone(String event, Subject phone, String error) {
    if (sampling.passes(event, ticker.nanos())) {
      phone(Level.WARN, event, phone).addKeyValue(ERR, error).log();
    }
  }

  private void sampledBinary(String event, Subject binary, String reason) {
    if (sampling.passes(event, ticker.nanos())) {
      binary(Level.WARN, event, binary).addKeyValue(REASON, reason).log();
    }
  }

  private void sampledRemote(String event, String path, String remote) {
    if (sampling.passes(event, ticker.nanos())) {
      LoggingEventBuilder line = line(Level.WARN, event);
      (path.isEmpty() ? line : line.addKeyValue("path", path)).addKeyValue(REMOTE, remote).log();
    }
  }

  private static LoggingEventBuilder phone(Level level, String event, Subject phone) {
    return line(level, event)
        .addKeyValue(SERVER_ID, phone.serverId())
        .addKeyValue(CONN_ID, phone.connection());
  }

  private static LoggingEventBuilder binary(Level level, String event, Subject binary) {
    return line(level, event)
        .addKeyValue(SERVER_ID, binary.serverId())
        .addKeyValue(BINARY_CONN_ID, binary.connection());
  }

  private static LoggingEventBuilder wake(
      Level level, String event, String serverId, String fingerprint, Duration took) {
    return line(level, event)
        .addKeyValue(SERVER_ID, serverId)
        .addKeyValue("token_fp", fingerprint)
        .addKeyValue("duration", took);
  }

  private static LoggingEventBuilder line(Level level, String event) {
    return log.atLevel(level).setMessage(event);
  }
}
