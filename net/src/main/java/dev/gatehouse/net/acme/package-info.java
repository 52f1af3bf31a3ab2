/**
 * Certificates that are ordered and renewed without anybody's help, by <a
 * href="https://datatracker.ietf.org/doc/html/rfc8555">RFC 8555</a>; start with {@link
 * dev.gatehouse.net.acme.AcmeCertificate} and {@link dev.gatehouse.net.acme.Schedule}.
 */
@NullMarked
package dev.gatehouse.net.acme;

import org.jspecify.annotations.NullMarked;
