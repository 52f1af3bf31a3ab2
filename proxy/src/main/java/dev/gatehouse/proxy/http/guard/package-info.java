/**
 * Which requests are forwarded at all: strict syntax first, then the policies of a route. Start
 * with {@link dev.gatehouse.proxy.http.guard.RequestGuard} and {@link
 * dev.gatehouse.proxy.http.guard.Verdict}.
 */
@NullMarked
package dev.gatehouse.proxy.http.guard;

import org.jspecify.annotations.NullMarked;
