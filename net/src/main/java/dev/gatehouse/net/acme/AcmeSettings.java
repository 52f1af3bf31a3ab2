package dev.gatehouse.net.acme;

import java.net.URI;
import java.nio.file.Path;

/**
 * Which certificate is ordered, and from whom.
 *
 * @param domain the one name that it is for
 * @param directory where the authority says what it offers
 * @param email whom the authority may write to; empty: nobody
 * @param folder in which account and certificate are kept
 */
public record AcmeSettings(String domain, URI directory, String email, Path folder) {}
