/** The tracker as a service of the daemon. */
@NullMarked
package dev.gatehouse.app.tracker;

import org.jspecify.annotations.NullMarked;
