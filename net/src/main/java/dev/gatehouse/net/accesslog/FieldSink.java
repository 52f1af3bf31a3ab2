package dev.gatehouse.net.accesslog;

/** Takes the fields of one line in the order in which they will be read. */
public interface FieldSink {

  /** A field of text, from whomever it comes; the sink makes it harmless and short. */
  void text(String key, String value);

  /** A field that is a number in every form of the log. */
  void number(String key, long value);
}
