package dev.gatehouse.net.tls.client;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom a client of TLS believes.
 *
 * @param verify whether the server must prove its name
 * @param authorities a file of certificates in PEM, instead of those of the platform
 */
public record Trust(boolean verify, Optional<Path> authorities) {}
