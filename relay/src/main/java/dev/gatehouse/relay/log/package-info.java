/**
 * Everything that the relay logs, so that nothing else can be; start with {@link
 * dev.gatehouse.relay.log.RelayLog}.
 */
@NullMarked
package dev.gatehouse.relay.log;

import org.jspecify.annotations.NullMarked;
