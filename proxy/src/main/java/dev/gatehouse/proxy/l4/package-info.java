/**
 * Connections that pass untouched: dialled, greeted and relayed; start with {@link
 * dev.gatehouse.proxy.l4.Passthrough} and {@code L4Connection}.
 */
@NullMarked
package dev.gatehouse.proxy.l4;

import org.jspecify.annotations.NullMarked;
