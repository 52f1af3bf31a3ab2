/**
 * The table {@code [relay]} as records; start with {@link dev.gatehouse.relay.config.RelayConfig}.
 */
@NullMarked
package dev.gatehouse.relay.config;

import org.jspecify.annotations.NullMarked;
