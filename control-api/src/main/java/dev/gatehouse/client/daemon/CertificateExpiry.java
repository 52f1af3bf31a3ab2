package dev.gatehouse.client.daemon;

import java.time.Instant;

/** When the certificate of a route ends. */
public record CertificateExpiry(String route, Instant at) {}
