/**
 * What a client asks of the swarms and what it gets, whatever protocol it speaks; start with {@link
 * dev.gatehouse.tracker.request.Announce} and {@link dev.gatehouse.tracker.request.Selection}.
 */
@NullMarked
package dev.gatehouse.tracker.request;

import org.jspecify.annotations.NullMarked;
