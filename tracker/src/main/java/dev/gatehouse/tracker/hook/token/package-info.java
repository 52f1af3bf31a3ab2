/**
 * A hook that asks for a token which somebody else has signed (<a
 * href="https://datatracker.ietf.org/doc/html/rfc7519">RFC 7519</a>); start with {@link
 * dev.gatehouse.tracker.hook.token.JwtHook}.
 */
@NullMarked
package dev.gatehouse.tracker.hook.token;

import org.jspecify.annotations.NullMarked;
