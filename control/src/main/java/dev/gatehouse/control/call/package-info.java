/**
 * What the calls of all features have in common: how a request is read, how it is answered, and how
 * a change is told; start with {@link dev.gatehouse.control.call.Request} and {@link
 * dev.gatehouse.control.call.Answers}.
 */
@NullMarked
package dev.gatehouse.control.call;

import org.jspecify.annotations.NullMarked;
