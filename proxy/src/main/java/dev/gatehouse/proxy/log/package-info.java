/**
 * What the access log tells of the proxy; start with {@link dev.gatehouse.proxy.log.ConnectionLog}.
 */
@NullMarked
package dev.gatehouse.proxy.log;

import org.jspecify.annotations.NullMarked;
