/**
 * What must be true before and after the ports open, as pure functions that report everything at
 * once; start with {@link dev.gatehouse.app.boot.BootCheck} and {@link
 * dev.gatehouse.app.boot.BootReport}.
 */
@NullMarked
package dev.gatehouse.app.boot;

import org.jspecify.annotations.NullMarked;
