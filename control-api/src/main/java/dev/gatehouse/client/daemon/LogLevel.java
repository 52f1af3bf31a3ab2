package dev.gatehouse.client.daemon;

/** How much the daemon logs. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR,
  /** One that this program does not know. */
  UNKNOWN
}
