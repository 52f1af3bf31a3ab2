/**
 * One request and its response between a client and a backend, whatever either of them speaks;
 * start with {@link dev.gatehouse.proxy.exchange.Exchange} and {@link
 * dev.gatehouse.proxy.exchange.ClientStream}.
 */
@NullMarked
package dev.gatehouse.proxy.exchange;

import org.jspecify.annotations.NullMarked;
