package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * How large, split and slow a ClientHello may be.
 *
 * @param timeout for all of it, from accept or from the end of a PROXY header
 * @param maxSize in bytes
 * @param maxRecords over which it may be spread
 */
public record HelloLimits(Duration timeout, int maxSize, int maxRecords) {

  private static final int KIB = 1024;

  static HelloLimits read(Section proxy) {
    return new HelloLimits(
        proxy
            .duration("hello_timeout", "for a whole ClientHello, from accept")
            .orElse(Duration.ofSeconds(10)),
        proxy
            .size("max_hello_size", "the largest ClientHello")
            .range(KIB, 64 * KIB)
            .orElse(16 * KIB),
        proxy
            .integer("max_hello_records", "the most TLS records over which it may be spread")
            .range(1, 1024)
            .orElse(64));
  }
}
