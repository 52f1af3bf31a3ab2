/**
 * Certificates and the keys that go with them; start with {@link dev.gatehouse.net.tls.SelfSigned}.
 */
@NullMarked
package dev.gatehouse.net.tls;

import org.jspecify.annotations.NullMarked;
