/** A backend to try the proxy with; start with {@link dev.gatehouse.app.welcome.Welcome}. */
@NullMarked
package dev.gatehouse.app.welcome;

import org.jspecify.annotations.NullMarked;
