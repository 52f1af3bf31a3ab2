package dev.gatehouse.net.sockets;

/** The kernel's states of a socket, include/net/tcp_states.h; UDP uses two of them. */
public enum SocketState {
  UNKNOWN,
  ESTABLISHED,
  SYN_SENT,
  SYN_RECV,
  FIN_WAIT1,
  FIN_WAIT2,
  TIME_WAIT,
  CLOSE,
  CLOSE_WAIT,
  LAST_ACK,
  LISTEN,
  CLOSING;

  private static final SocketState[] BY_CODE = values();

  /** The state of a kernel code; a code that is not known is {@link #UNKNOWN}. */
  public static SocketState ofCode(int code) {
    return code > 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
  }
}
