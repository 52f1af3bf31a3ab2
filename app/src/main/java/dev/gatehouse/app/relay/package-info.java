/** The relay as a service of the daemon. */
@NullMarked
package dev.gatehouse.app.relay;

import org.jspecify.annotations.NullMarked;
