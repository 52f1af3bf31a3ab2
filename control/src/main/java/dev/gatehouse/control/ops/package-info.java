/**
 * The loopback HTTP listener: metrics, health and the console, nothing that changes anything; start
 * with {@link dev.gatehouse.control.ops.OpsListener} and {@link
 * dev.gatehouse.control.ops.OpsConfig}.
 */
@NullMarked
package dev.gatehouse.control.ops;

import org.jspecify.annotations.NullMarked;
