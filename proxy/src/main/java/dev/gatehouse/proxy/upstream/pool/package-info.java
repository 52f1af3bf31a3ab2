/**
 * Connections to backends, found, made and kept; start with {@link
 * dev.gatehouse.proxy.upstream.pool.BackendPool}.
 */
@NullMarked
package dev.gatehouse.proxy.upstream.pool;

import org.jspecify.annotations.NullMarked;
