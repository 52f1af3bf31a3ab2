package dev.gatehouse.tracker.request;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Why a request is not granted, in a text that is made before there is any request, so that nothing
 * of one is ever in it. There is one object for each reason.
 */
public final class Rejection {

  private final String text;
  private final String label;
  private final boolean temporary;
  private final byte[] ascii;

  Rejection(String text, String label, boolean temporary) {
    this.text = text;
    this.label = label;
    this.temporary = temporary;
    this.ascii = text.getBytes(US_ASCII);
  }

  /** What the client is told. */
  public String text() {
    return text;
  }

  /** The text as a datagram carries it; not to be changed. */
  public byte[] ascii() {
    return ascii;
  }

  /** The word for this in metrics. */
  public String label() {
    return label;
  }

  /** Whether the same request may be granted later, so that the client may be told to wait. */
  public boolean isTemporary() {
    return temporary;
  }

  @Override
  public String toString() {
    return text;
  }
}
