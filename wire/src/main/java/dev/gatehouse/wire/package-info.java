/**
 * Bytes to messages and back, one package per protocol; start with {@link
 * dev.gatehouse.wire.Decoded}.
 */
@NullMarked
package dev.gatehouse.wire;

import org.jspecify.annotations.NullMarked;
