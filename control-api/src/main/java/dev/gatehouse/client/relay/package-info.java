/** The relay as programs see it. */
@NullMarked
package dev.gatehouse.client.relay;

import org.jspecify.annotations.NullMarked;
