/**
 * The PROXY protocol, versions 1 and 2, of <a
 * href="https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt">its specification</a>; start
 * with {@link dev.gatehouse.wire.proxyprotocol.ProxyHeader} and {@link
 * dev.gatehouse.wire.proxyprotocol.ProxyHeaderDecoder}.
 */
@NullMarked
package dev.gatehouse.wire.proxyprotocol;

import org.jspecify.annotations.NullMarked;
