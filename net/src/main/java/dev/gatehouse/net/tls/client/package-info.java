/**
 * TLS towards servers: whom they are believed to be; start with {@link
 * dev.gatehouse.net.tls.client.ClientContexts}.
 */
@NullMarked
package dev.gatehouse.net.tls.client;

import org.jspecify.annotations.NullMarked;
