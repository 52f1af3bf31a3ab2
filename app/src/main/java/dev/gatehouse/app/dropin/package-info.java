/**
 * The relay on its own under its predecessor's flags and variables, read into the configuration
 * that every daemon has; start with {@link dev.gatehouse.app.dropin.DropIn}.
 */
@NullMarked
package dev.gatehouse.app.dropin;

import org.jspecify.annotations.NullMarked;
