package dev.gatehouse.proxy.traffic;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why a TLS handshake came to nothing. */
public enum HandshakeFailure {
  TIMEOUT,
  PROTOCOL_VERSION,
  NO_SHARED_CIPHER,
  NO_APPLICATION_PROTOCOL,
  /** The client said so: it does not like the certificate, for instance. */
  CLIENT_ALERT,
  /** A later hello asked for another name than the first. */
  NAME_CHANGED,
  EOF,
  OTHER;

  private static final int MAX_DEPTH = 8;

  /** The word for this in metrics and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What an exception of the engine means; both engines have but words for it. */
  public static HandshakeFailure of(Throwable cause) {
    Throwable link = cause;
    for (int depth = 0; link != null && depth < MAX_DEPTH; depth++) {
      if (link instanceof SslHandshakeTimeoutException) {
        return TIMEOUT;
      }
      if (isEnd(link)) {
        return EOF;
      }
      link = link.getCause();
    }
    return ofWords(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT));
  }

  private static boolean isEnd(Throwable link) {
    boolean broken = link instanceof IOException && !(link instanceof SSLException);
    return broken || link instanceof ClosedChannelException;
  }

  private static HandshakeFailure ofWords(String words) {
    if (words.contains("version") || words.contains("unsupported_protocol")) {
      return PROTOCOL_VERSION;
    }
    if (words.contains("cipher")) {
      return NO_SHARED_CIPHER;
    }
    return words.contains("alert") ? CLIENT_ALERT : OTHER;
  }
}
