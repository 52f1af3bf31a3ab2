/**
 * What operators do with the daemon as a whole; start with {@link
 * dev.gatehouse.app.operation.Operations}.
 */
@NullMarked
package dev.gatehouse.app.operation;

import org.jspecify.annotations.NullMarked;
