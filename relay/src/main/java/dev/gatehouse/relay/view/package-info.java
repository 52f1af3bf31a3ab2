/** What others may see of the relay: copies of one moment. */
@NullMarked
package dev.gatehouse.relay.view;

import org.jspecify.annotations.NullMarked;
