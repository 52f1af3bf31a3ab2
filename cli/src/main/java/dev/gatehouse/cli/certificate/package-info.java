/**
 * The command about certificates; start with {@link
 * dev.gatehouse.cli.certificate.CertificatesCommand}.
 */
@NullMarked
package dev.gatehouse.cli.certificate;

import org.jspecify.annotations.NullMarked;
