package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.HttpVersion;

/** The protocols in which clients ask. */
public enum Protocol {
  HTTP_1_0("http/1.0"),
  HTTP_1_1("http/1.1"),
  HTTP_2("h2");

  private final String label;

  Protocol(String label) {
    this.label = label;
  }

  public static Protocol of(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> HTTP_1_0;
      case HTTP_1_1 -> HTTP_1_1;
    };
  }

  /** The word for this in metrics and logs. */
  public String label() {
    return label;
  }
}
