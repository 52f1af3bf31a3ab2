/**
 * Certificates, the keys that go with them, and the server's side of TLS; start with {@link
 * dev.gatehouse.net.tls.CertificateStore} and {@link dev.gatehouse.net.tls.CertificateCheck}.
 */
@NullMarked
package dev.gatehouse.net.tls;

import org.jspecify.annotations.NullMarked;
