/**
 * What people and their scripts read of the daemon; start with {@link
 * dev.gatehouse.control.ops.view.ConsolePage} and {@link
 * dev.gatehouse.control.ops.view.HealthPages}.
 */
@NullMarked
package dev.gatehouse.control.ops.view;

import org.jspecify.annotations.NullMarked;
