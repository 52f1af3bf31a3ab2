package dev.gatehouse.proxy.upstream;

/**
 * What was agreed on with a client whose TLS ends here.
 *
 * @param version as in {@code TLSv1.3}
 * @param cipher as its library calls it
 */
public record TlsSession(String version, String cipher) {}
