package dev.gatehouse.proxy.upstream.http;

import java.util.Locale;

/** Who keeps a connection while nobody uses it; on its loop. */
public interface Keeper {

  /** Why a connection is not used again. */
  enum Discard {
    /** It said more than it was asked. */
    SURPLUS,
    CLOSED,
    ERROR,
    IDLE,
    FULL;

    /** The word for this in metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The last exchange on it has ended, and it may serve another. */
  void idle(BackendConnection connection);

  /** It serves nobody any more. */
  void gone(BackendConnection connection, Discard reason);

  /** The backend speaks HTTP/2 alone, or HTTP/1 alone, though it was not asked in it. */
  void learned(boolean http2);
}
