package dev.gatehouse.e2e.http2;

/** A field of a header section, or a pseudo-header. */
record Field(String name, String value) {

  /** What it counts for in a table (RFC 7541, section 4.1). */
  int size() {
    return name.length() + value.length() + 32;
  }
}
