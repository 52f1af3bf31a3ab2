package dev.gatehouse.net.accesslog;

/**
 * Something of a client that has come to its end: a connection, a request, a refusal.
 *
 * <p>It is immutable: the loop on which it ended makes it, and another thread writes it down.
 */
public interface AccessEvent {

  /** The word for this kind of event, which is the message of its line. */
  String event();

  /** Tells the rest of the line, in its order. */
  void fields(FieldSink to);
}
